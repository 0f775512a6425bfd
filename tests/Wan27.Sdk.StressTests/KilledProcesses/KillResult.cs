using Wan27.Sdk.CrashVictim;
using Xunit;

namespace Wan27.Sdk.StressTests.KilledProcesses;

/// <summary>What must be true after the processes of one journal were killed: nothing is lost, and nothing is bought twice.</summary>
internal sealed class KillResult(CrashedService service, string journal, IReadOnlyDictionary<string, CrashPoint> killed)
{
    public async Task InspectAsync(CancellationToken cancellationToken)
    {
        var accepted = Accepted();
        Assert.Equal(killed.Where(one => WasAccepted(one.Value)).Select(one => one.Key).Order(), accepted.Keys.Order());

        var pending = new Dictionary<string, GenerationOutcome>();
        using (var client = service.Client(journal))
        {
            await foreach (var outcome in client.FindPendingAsync(cancellationToken))
                pending.Add(outcome.ClientRequestId!, outcome);
        }

        Assert.Equal(killed.Where(one => WasIntended(one.Value)).Select(one => one.Key).Order(), pending.Keys.Order());
        Assert.All(pending, one => AssertKnown(one.Key, one.Value.Generation, one.Value.Error, accepted));
        Assert.Equal(accepted, Accepted());

        using var again = service.Client(journal);
        foreach (var id in killed.Keys)
            await CreateAgainAsync(again, id, accepted, cancellationToken);
    }

    private Dictionary<string, string> Accepted() => service.Emulator.Ledger.Submissions
        .Where(submission => killed.ContainsKey(submission.ClientRequestId!))
        .ToDictionary(submission => submission.ClientRequestId!, submission => submission.Id);

    private async Task CreateAgainAsync(WanVideoClient client, string id, Dictionary<string, string> accepted, CancellationToken cancellationToken)
    {
        VideoGeneration? created = null;
        var error = await Record.ExceptionAsync(async () => created = await client.CreateAsync(VictimRequest.Of(id), cancellationToken));
        if (WasIntended(killed[id]))
            AssertKnown(id, created, error, accepted);
        else
            Assert.Equal(Accepted()[id], created?.Id);

        // The ledger's dictionary has each id once: a second generation under it would have thrown.
        Assert.Equal(WasAccepted(killed[id]) || !WasIntended(killed[id]), Accepted().ContainsKey(id));
        var bodies = service.Emulator.Ledger.Requests.Count(request => request is { Method: "POST", IsBodyComplete: true } && request.ClientRequestId == id);
        Assert.Equal(Accepted().ContainsKey(id) ? 1 : 0, bodies);
    }

    /// <summary>The right generation, or the error that it is unknown. The latter is allowed only if the outcome cannot be known.</summary>
    private void AssertKnown(string id, VideoGeneration? generation, Exception? error, Dictionary<string, string> accepted)
    {
        if (accepted.TryGetValue(id, out var generationId) && (!service.IsBlind || killed[id] is CrashPoint.AfterEntry))
            Assert.Equal(generationId, generation?.Id);
        else
            Assert.Equal(id, Assert.IsType<WanSubmissionUnknownException>(error).ClientRequestId);
    }

    private static bool WasIntended(CrashPoint point) => point is not (CrashPoint.BeforeIntent or CrashPoint.InsideIntent);

    private static bool WasAccepted(CrashPoint point) => point >= CrashPoint.BeforeResponse;
}
