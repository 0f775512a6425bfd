using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Verbs;

/// <summary>Generates many videos concurrently, each with its own outcome.</summary>
public sealed class GenerateManyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task The_number_of_unfinished_generations_never_exceeds_the_limit(int cap)
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.RespondWithStatuses("queued", "generating", "completed"), times: int.MaxValue);

        var outcomes = await ToListAsync(fixture.Client.GenerateManyAsync(
            Enumerable.Range(0, 24).Select(i => Samples.Text($"order-{i}")), cap, cancellationToken: Cancellation));

        Assert.Equal(Enumerable.Range(0, 24), outcomes.Select(outcome => outcome.Index!.Value).Order());
        Assert.All(outcomes, outcome => Assert.Equal((true, $"order-{outcome.Index}"), (outcome.IsSucceeded, outcome.ClientRequestId)));
        Assert.Equal((24, 24), (fixture.Ledger.CompleteSubmissionBodies, fixture.Ledger.Charges.Count));
        Assert.Equal(cap, MostUnfinished(fixture.Ledger.Requests, readsToTheEnd: 3));
    }

    [Fact]
    public async Task One_failure_discards_no_other_generation()
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Script(
            generation => generation.Body.Contains("fails", StringComparison.Ordinal), EmulatorScript.FailWith("ContentPolicy", "No."));
        fixture.Emulator.Faults.Add(
            EmulatorFault.CloseAt(0).On(EmulatorOperations.Submit).BeforeAccepting().When(request => request.ClientRequestId == "unknown"),
            EmulatorFault.Status(403).On(EmulatorOperations.Submit).When(request => request.ClientRequestId == "refused"));
        VideoGenerationRequest[] requests =
        [
            Samples.Text("first"), Samples.Text("failed", prompt: "it fails"), Samples.Text("unknown"),
            Samples.Text("invalid", prompt: ""), Samples.Text("refused"), Samples.Text("last"),
        ];

        var outcomes = (await ToListAsync(fixture.Client.GenerateManyAsync(requests, 2, cancellationToken: Cancellation)))
            .OrderBy(outcome => outcome.Index).ToList();

        Assert.Equal(requests.Select(request => request.ClientRequestId), outcomes.Select(outcome => outcome.ClientRequestId));
        Assert.Equal(
            [null, typeof(WanGenerationFailedException), typeof(WanSubmissionUnknownException), typeof(WanValidationException), typeof(WanApiException), null],
            outcomes.Select(outcome => outcome.Error?.GetType()));
        Assert.Equal([true, false, false, false, false, true], outcomes.Select(outcome => outcome.IsSucceeded));
        Assert.Equal([false, false, true, false, false, false], outcomes.Select(outcome => outcome.IsUnknown));
        Assert.Equal(2, fixture.Ledger.Charges.Count);
    }

    [Fact]
    public async Task A_canceled_call_still_yields_the_id_of_each_started_generation()
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.RespondWithStatuses("queued"), times: int.MaxValue);
        using var canceling = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var accepted = 0;
        var progress = new Recorder<GenerationProgress>(report =>
        {
            if (report.Polls == 0 && Interlocked.Increment(ref accepted) == 3)
                canceling.Cancel();
        });

        var outcomes = new List<GenerationOutcome>();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var outcome in fixture.Client.GenerateManyAsync(
                Enumerable.Range(0, 10).Select(i => Samples.Text($"order-{i}")), 3, progress: progress, cancellationToken: canceling.Token))
                outcomes.Add(outcome);
        });

        Assert.Equal(3, outcomes.Count);
        Assert.Equal(
            fixture.Ledger.Submissions.Select(submission => submission.Id).Order(),
            outcomes.Select(outcome => Assert.IsType<WanCanceledException>(outcome.Error).GenerationId).Order());
    }

    [Fact]
    public async Task A_caller_who_stops_early_receives_the_id_of_each_generation_that_was_paid_for()
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.RespondWithStatuses("completed"));
        fixture.Emulator.Script(EmulatorScript.RespondWithStatuses("queued"), times: int.MaxValue);
        var unseen = new List<GenerationOutcome>();
        GenerationOutcome? seen = null;

        await foreach (var outcome in fixture.Client.GenerateManyAsync(Enumerable.Range(0, 10).Select(i => Samples.Text($"order-{i}")), 3, unseen: unseen.Add, cancellationToken: Cancellation))
        {
            seen = outcome;
            break;
        }

        Assert.True(seen!.IsSucceeded);
        var ids = unseen.Select(outcome => Assert.IsType<WanCanceledException>(outcome.Error)).Where(error => error.MayHaveBeenSent).Select(error => error.ClientRequestId);
        // A submission that was canceled before the service saw it may have been sent for all that the caller can know.
        Assert.Subset(ids.Append(seen.ClientRequestId).ToHashSet(), fixture.Ledger.Submissions.Select(submission => submission.ClientRequestId).ToHashSet());
        Assert.InRange(fixture.Ledger.Submissions.Count, 2, 5);
    }

    private static async Task<List<GenerationOutcome>> ToListAsync(IAsyncEnumerable<GenerationOutcome> outcomes)
    {
        var list = new List<GenerationOutcome>();
        await foreach (var outcome in outcomes)
            list.Add(outcome);
        return list;
    }

    /// <summary>The most generations between their submission and the read that showed them finished, in order of arrival.</summary>
    private static int MostUnfinished(IReadOnlyList<EmulatorRequest> requests, int readsToTheEnd)
    {
        var reads = new Dictionary<string, int>();
        var (unfinished, most) = (0, 0);
        foreach (var request in requests)
        {
            if (request.Operation is EmulatorOperations.Submit)
                most = Math.Max(most, ++unfinished);
            else if ((reads[request.Query] = reads.GetValueOrDefault(request.Query) + 1) == readsToTheEnd)
                unfinished--;
        }

        return most;
    }
}
