using System.Text.Json;
using Wan27.Sdk.Emulator;

namespace Wan27.Sdk.Soak;

/// <summary>Compares what the service accepted with the journal's file and the results of the callers.</summary>
internal sealed class Audit(EmulatorLedger ledger, string journalPath, KnownGenerations known)
{
    /// <summary>The phases with so few faults that the run proves little.</summary>
    public static IEnumerable<string> TooFewFaults(Tally tally) =>
        from phase in new[] { EmulatorOperations.Submit, EmulatorOperations.Get, EmulatorOperations.File }
        where tally[Faults(phase)] < Service.Rate / 2 * tally[Requests(phase)]
        select $"TOO FEW FAULTS of {phase}";

    public void Judge(Tally tally)
    {
        var (accepted, requests) = (ledger.Submissions, ledger.Requests);
        var journal = new Dictionary<string, SubmissionRecord>(StringComparer.Ordinal);
        foreach (var record in File.ReadLines(journalPath).Select(line => JsonSerializer.Deserialize<SubmissionRecord>(line, JsonSerializerOptions.Web)!))
            journal[record.ClientRequestId] = record;

        tally.Add("submissions accepted", accepted.Count);
        foreach (var phase in requests.GroupBy(request => request.Operation))
        {
            tally.Add(Requests(phase.Key), phase.Count());
            tally.Add(Faults(phase.Key), phase.Count(request => request.Fault is not null));
        }

        foreach (var twice in accepted.GroupBy(submission => submission.ClientRequestId).Where(group => group.Count() > 1))
            tally.Find($"DUPLICATE: {twice.Key} was bought {twice.Count()} times");
        foreach (var submission in accepted)
        {
            if (journal.GetValueOrDefault(submission.ClientRequestId!) is not { State: SubmissionState.Finished, GenerationId: { } id } || id != submission.Id)
                tally.Find($"LOST: {submission.Id} of {submission.ClientRequestId}, the journal has {journal.GetValueOrDefault(submission.ClientRequestId!)}");
        }

        var bought = accepted.Select(submission => (submission.ClientRequestId!, submission.Id)).ToHashSet();
        foreach (var entry in known.All.Where(entry => !bought.Contains(entry)))
            tally.Find($"INVENTED: {entry.Submission} was given {entry.Generation}");
    }

    private static string Requests(EmulatorOperations phase) => $"requests of {phase}";

    private static string Faults(EmulatorOperations phase) => $"faults of {phase}";
}
