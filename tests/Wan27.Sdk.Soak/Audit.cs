using System.Text.Json;
using Wan27.Sdk.Emulator;

namespace Wan27.Sdk.Soak;

/// <summary>Compares what the service accepted with what the journal's file and the callers say.</summary>
internal sealed class Audit(EmulatorLedger ledger, string journalPath, Beliefs beliefs)
{
    public void Judge(Tally tally)
    {
        var (accepted, requests) = (ledger.Submissions, ledger.Requests);
        var journal = new Dictionary<string, SubmissionRecord>(StringComparer.Ordinal);
        foreach (var record in File.ReadLines(journalPath).Select(line => JsonSerializer.Deserialize<SubmissionRecord>(line, JsonSerializerOptions.Web)!))
            journal[record.ClientRequestId] = record;

        tally.Add("submissions accepted", accepted.Count);
        foreach (var phase in requests.Where(request => request.Fault is not null).GroupBy(request => request.Operation))
            tally.Add($"faults of {phase.Key}", phase.Count());
        foreach (var phase in requests.GroupBy(request => request.Operation))
            tally.Add($"requests of {phase.Key}", phase.Count());

        foreach (var twice in accepted.GroupBy(submission => submission.ClientRequestId).Where(group => group.Count() > 1))
            tally.Find($"DUPLICATE: {twice.Key} was bought {twice.Count()} times");
        foreach (var submission in accepted)
        {
            if (journal.GetValueOrDefault(submission.ClientRequestId!) is not { State: SubmissionState.Finished, GenerationId: { } id } || id != submission.Id)
                tally.Find($"LOST: {submission.Id} of {submission.ClientRequestId}, the journal has {journal.GetValueOrDefault(submission.ClientRequestId!)}");
        }

        var bought = accepted.Select(submission => (submission.ClientRequestId!, submission.Id)).ToHashSet();
        foreach (var belief in beliefs.All.Where(belief => !bought.Contains(belief)))
            tally.Find($"INVENTED: {belief.Submission} was given {belief.Generation}");
    }
}
