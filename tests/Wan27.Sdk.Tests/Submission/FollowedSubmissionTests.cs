namespace Wan27.Sdk.Tests.Submission;

/// <summary>A second submission of one id follows the first, whose sender is still running.</summary>
public sealed class FollowedSubmissionTests
{
    private static readonly TestResponse NoRows = TestResponse.Json("""{"data":[],"pagination":{"has_more":false}}""");

    [Fact]
    public async Task It_returns_the_generation_of_the_first_at_the_next_look_at_the_journal()
    {
        using var service = Following((call, intent) => call < 5 ? intent : intent with { State = SubmissionState.Accepted, GenerationId = "gen-1" });

        var began = service.Clock.GetUtcNow();
        var generation = await CreateAsync(service);

        Assert.Equal(("gen-1", "order-1"), (generation.Id, generation.ClientRequestId));
        Assert.Empty(service.Posts);
        Assert.InRange((service.Clock.GetUtcNow() - began).TotalSeconds, 15, 31);
    }

    [Fact]
    public async Task It_looks_at_the_journal_before_it_ends_its_search()
    {
        using var service = Following((call, intent) => call < 2 ? intent : intent with { State = SubmissionState.Accepted, GenerationId = "gen-1" }, minutes: 0);

        Assert.Equal("gen-1", (await CreateAsync(service)).Id);
        Assert.Empty(service.Posts);
    }

    [Fact]
    public async Task It_submits_once_if_the_first_turns_out_to_be_refused()
    {
        using var service = Following((call, intent) => call < 4 ? intent : null);

        Assert.Equal("gen-1", (await CreateAsync(service)).Id);
        Assert.Single(service.Posts);
    }

    [Fact]
    public async Task A_journal_that_fails_meanwhile_does_not_end_the_search()
    {
        using var service = Following((call, intent) => call switch
        {
            1 => intent,
            2 => throw new IOException("The disk is full."),
            3 => throw new TaskCanceledException("The database did not respond."),
            _ => intent with { State = SubmissionState.Accepted, GenerationId = "gen-1" },
        });

        Assert.Equal("gen-1", (await CreateAsync(service)).Id);
        Assert.Empty(service.Posts);
    }

    [Fact]
    public async Task A_journal_that_times_out_is_reported_and_nothing_is_sent()
    {
        using var service = Following((_, _) => throw new TaskCanceledException("The database did not respond."));

        await Assert.ThrowsAsync<WanConfigurationException>(() => CreateAsync(service));

        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task It_is_unknown_if_neither_the_journal_nor_the_log_learns_of_it()
    {
        using var service = Following((_, intent) => intent);

        await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => CreateAsync(service));

        Assert.Empty(service.Posts);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(400)]
    public async Task A_log_that_cannot_be_read_is_searched_again_until_the_deadline(int status)
    {
        var searches = 0;
        using var service = ScriptedService.Configured(options => options.ReconciliationTimeout = TimeSpan.FromMinutes(2), TestResponse.Status(504));
        service.Respond(request => request.Uri.AbsolutePath != "/v2/logs" ? TestResponse.Generation("queued")
            : ++searches == 1 ? TestResponse.Status(status)
            : TestResponse.Json("""{"data":[{"client_request_id":"order-1","inference_id":"gen-1"}],"pagination":{"has_more":false}}"""));

        Assert.Equal("gen-1", (await CreateAsync(service)).Id);
        Assert.Equal(2, searches);
    }

    [Fact]
    public async Task A_log_that_is_denied_until_the_deadline_is_named_in_the_error()
    {
        using var service = ScriptedService.Configured(
            options => options.ReconciliationTimeout = TimeSpan.FromMinutes(2), TestResponse.Status(504), TestResponse.Status(403));

        var error = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => CreateAsync(service));

        Assert.Contains("the last search failed", error.Message, StringComparison.Ordinal);
        Assert.Contains("403", error.Message, StringComparison.Ordinal);
        Assert.InRange(service.Requests.Count, 4, 20);
    }

    [Fact]
    public async Task The_id_of_another_account_is_refused_and_its_submissions_are_not_resumed()
    {
        var journal = new Journal((_, intent) => intent with { Account = "other" });
        using var service = ScriptedService.Configured(options => (options.Journal, options.Account) = (journal, "mine"), NoRows);

        var error = await Assert.ThrowsAsync<WanValidationException>(() => CreateAsync(service));
        var pending = new List<GenerationOutcome>();
        await foreach (var outcome in service.Client.FindPendingAsync(TestContext.Current.CancellationToken))
            pending.Add(outcome);

        Assert.Contains("by another account", error.Message, StringComparison.Ordinal);
        Assert.Empty(pending);
        Assert.Empty(service.Requests);
    }

    private static ScriptedService Following(Func<int, SubmissionRecord, SubmissionRecord?> begin, int minutes = 2)
    {
        var service = ScriptedService.Configured(options => (options.Journal, options.ReconciliationTimeout) = (new Journal(begin), TimeSpan.FromMinutes(minutes)));
        service.Respond(request => request.Uri.AbsolutePath == "/v2/logs" ? NoRows : TestResponse.Generation("queued"));
        return service;
    }

    private static Task<VideoGeneration> CreateAsync(ScriptedService service) =>
        service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation));

    /// <summary>A journal whose entry is changed by other processes.</summary>
    private sealed class Journal(Func<int, SubmissionRecord, SubmissionRecord?> begin) : MemoryJournal
    {
        private int calls;

        public override ValueTask<SubmissionStart> TryBeginAsync(
            SubmissionRecord intent, SubmissionLimits limits, CancellationToken cancellationToken = default)
        {
            var known = begin(++calls, intent);
            Entry = known ?? intent;
            return ValueTask.FromResult(new SubmissionStart { IsRecorded = known is null, Known = known, Totals = new SubmissionTotals() });
        }
    }
}
