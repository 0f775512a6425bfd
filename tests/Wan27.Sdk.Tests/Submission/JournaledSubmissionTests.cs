namespace Wan27.Sdk.Tests.Submission;

public sealed class JournaledSubmissionTests
{
    private static readonly Answer NoRows = Answer.Json("""{"data":[],"pagination":{"has_more":false}}""");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_id_of_another_request_is_refused_with_the_moment_of_its_use()
    {
        using var service = Journaled(new Shelf(), Answer.Task("queued"));
        await service.Client.CreateAsync(Samples.Text, Cancellation);
        service.Clock.Advance(TimeSpan.FromHours(1));

        var error = await Assert.ThrowsAsync<WanValidationException>(() => service.Client.CreateAsync(Samples.Text with { Prompt = "another" }, Cancellation));

        Assert.Equal(
            new RequestProblem("ClientRequestId", "'order-1' was used for another request at 2026-07-01 12:00:00Z; use a new id"), Assert.Single(error.Problems));
        Assert.Single(service.Posts);
    }

    [Fact]
    public async Task An_accepted_entry_keeps_its_task_until_it_is_over()
    {
        var shelf = new Shelf();
        using var service = Journaled(shelf, Answer.Task("queued"), Answer.Task("error"));

        await service.Client.CreateAsync(Samples.Text, Cancellation);
        Assert.Equal((SubmissionState.Accepted, "gen-1"), (shelf.Entry!.State, shelf.Entry.GenerationId));
        await foreach (var outcome in service.Client.ResumePendingAsync(Cancellation))
            Assert.IsType<WanGenerationFailedException>(outcome.Error);

        Assert.Equal((SubmissionState.Finished, "gen-1"), (shelf.Entry.State, shelf.Entry.GenerationId));
    }

    [Fact]
    public async Task A_lost_submission_is_looked_for_around_the_moment_of_its_entry()
    {
        var shelf = new Shelf
        {
            Entry = new SubmissionRecord
            {
                ClientRequestId = VideoGenerationRequest.NewClientRequestId(TimeProvider.System),
                Fingerprint = "print",
                Model = "model",
                State = SubmissionState.Intended,
                RecordedAt = new DateTimeOffset(2026, 6, 2, 12, 0, 0, TimeSpan.Zero),
            },
        };
        using var service = Journaled(shelf, NoRows);

        await foreach (var outcome in service.Client.ResumePendingAsync(Cancellation))
            Assert.IsType<WanSubmissionUnknownException>(outcome.Error);

        Assert.NotEmpty(service.Requests);
        Assert.All(service.Requests, request => Assert.Contains("start=2026-06-01T12%3A00%3A00Z&end=2026-06-03T12%3A00%3A00Z", request.Uri.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_cancels_the_search_is_told_how_to_go_on()
    {
        using var canceller = new CancellationTokenSource();
        using var service = ScriptedService.Configured(options => options.ReconciliationTimeout = TimeSpan.FromMinutes(1), Answer.Status(502));
        service.Respond(_ =>
        {
            canceller.Cancel();
            return NoRows;
        });

        var error = await Assert.ThrowsAsync<WanCanceledException>(() => service.Client.CreateAsync(Samples.Text, canceller.Token));

        Assert.Equal(("order-1", true), (error.ClientRequestId, error.MayHaveBeenSent));
        Assert.StartsWith(
            "Cancelled while looking for submission 'order-1', which may have been accepted. Look for it later with FindGenerationsAsync(\"order-1\").",
            error.Message,
            StringComparison.Ordinal);
    }

    private static ScriptedService Journaled(Shelf shelf, params Answer[] script) => ScriptedService.Configured(options => options.Journal = shelf, script);

    /// <summary>A journal with room for one entry.</summary>
    private sealed class Shelf : ISubmissionJournal
    {
        public SubmissionRecord? Entry { get; set; }

        public ValueTask<SubmissionRecord?> TryBeginAsync(SubmissionRecord intent, CancellationToken cancellationToken = default)
        {
            var known = Entry;
            Entry ??= intent;
            return ValueTask.FromResult(known);
        }

        public ValueTask RecordAsync(SubmissionRecord record, CancellationToken cancellationToken = default)
        {
            Entry = record;
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IReadOnlyList<SubmissionRecord>>(Entry is { State: SubmissionState.Intended or SubmissionState.Accepted } ? [Entry] : []);
    }
}
