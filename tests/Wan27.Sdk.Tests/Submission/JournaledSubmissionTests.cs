namespace Wan27.Sdk.Tests.Submission;

public sealed class JournaledSubmissionTests
{
    private static readonly TestResponse NoRows = TestResponse.Json("""{"data":[],"pagination":{"has_more":false}}""");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_id_of_another_request_is_refused_with_the_moment_of_its_use()
    {
        using var service = Journaled(new MemoryJournal(), TestResponse.Generation("queued"));
        await service.Client.CreateAsync(Samples.Text, Cancellation);
        service.Clock.Advance(TimeSpan.FromHours(1));

        var error = await Assert.ThrowsAsync<WanValidationException>(() => service.Client.CreateAsync(Samples.Text with { Prompt = "another" }, Cancellation));

        Assert.Equal(
            new RequestProblem("ClientRequestId", "'order-1' was used for another request at 2026-07-01 12:00:00Z; use a new id"), Assert.Single(error.Problems));
        Assert.Single(service.Posts);
    }

    [Fact]
    public async Task An_accepted_entry_keeps_its_generation_until_it_is_finished()
    {
        var journal = new MemoryJournal();
        using var service = Journaled(journal, TestResponse.Generation("queued"), TestResponse.Generation("error"));

        await service.Client.CreateAsync(Samples.Text, Cancellation);
        Assert.Equal((SubmissionState.Accepted, "gen-1"), (journal.Entry!.State, journal.Entry.GenerationId));
        Assert.IsType<WanGenerationFailedException>((await ResumeAsync(service)).Error);

        Assert.Equal((SubmissionState.Finished, "gen-1"), (journal.Entry.State, journal.Entry.GenerationId));
    }

    [Theory]
    [InlineData("", "has no generation under this id, which proves nothing")]
    [InlineData("gen-1", "names generation 'gen-1', which the service does not find")]
    [InlineData("gen-1 gen-2", "has 2 generations under this id")]
    public async Task A_lost_submission_is_searched_for_around_the_time_of_its_entry(string generations, string finding)
    {
        var journal = new MemoryJournal { Entry = Lost(VideoGenerationRequest.NewClientRequestId(TimeProvider.System)) };
        using var service = Journaled(journal, LogOf(journal.Entry.ClientRequestId, generations));
        service.Respond(
            request => request.Uri.AbsolutePath == "/v2/logs" ? LogOf(journal.Entry.ClientRequestId, generations) : TestResponse.Status(404));

        var outcome = await ResumeAsync(service);

        var error = Assert.IsType<WanSubmissionUnknownException>(outcome.Error);
        Assert.Equal(journal.Entry.ClientRequestId, outcome.ClientRequestId);
        Assert.Equal(["it was started at 2026-06-02 12:00:00Z, and the journal has no end of it", $"the service's log {finding}"], error.Evidence);
        Assert.Equal(generations, string.Join(' ', error.CandidateGenerationIds));
        Assert.Contains("start=2026-06-01T12%3A00%3A00Z&end=2026-06-03T12%3A00%3A00Z", service.Requests[0].Uri.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_submission_that_is_found_is_recorded()
    {
        var journal = new MemoryJournal { Entry = Lost("order-1") };
        using var service = Journaled(journal, LogOf("order-1", "gen-1"), TestResponse.Generation("generating"));

        var outcome = await ResumeAsync(service);

        Assert.Equal(("gen-1", "order-1", "order-1", null), (outcome.Generation?.Id, outcome.Generation?.ClientRequestId, outcome.ClientRequestId, outcome.Error));
        Assert.Equal((SubmissionState.Accepted, "gen-1"), (journal.Entry.State, journal.Entry.GenerationId));
    }

    [Fact]
    public async Task A_generation_that_cannot_be_read_is_reported_with_both_ids()
    {
        var journal = new MemoryJournal { Entry = Lost("order-1") with { State = SubmissionState.Accepted, GenerationId = "gen-1" } };
        using var service = Journaled(journal, TestResponse.Status(404));

        var outcome = await ResumeAsync(service);

        var error = Assert.IsType<WanApiException>(outcome.Error);
        Assert.Equal(("order-1", "gen-1", "order-1", null), (error.ClientRequestId, error.GenerationId, outcome.ClientRequestId, outcome.Generation));
        Assert.Equal(SubmissionState.Accepted, journal.Entry.State);
    }

    [Fact]
    public async Task A_cancellation_while_an_earlier_submission_is_read_reports_its_generation()
    {
        using var canceler = new CancellationTokenSource();
        using var service = Journaled(new MemoryJournal(), TestResponse.Generation("queued"));
        await service.Client.CreateAsync(Samples.Text, Cancellation);
        service.Respond(_ =>
        {
            canceler.Cancel();
            return TestResponse.Unreached(new TaskCanceledException("canceled", null, canceler.Token));
        });

        var error = await Assert.ThrowsAsync<WanCanceledException>(() => service.Client.CreateAsync(Samples.Text, canceler.Token));

        Assert.Equal(("gen-1", "order-1", true), (error.GenerationId, error.ClientRequestId, error.MayHaveBeenSent));
        Assert.StartsWith(
            "Canceled while reading generation 'gen-1', which was accepted earlier; resume with WaitAsync(\"gen-1\").", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancellation_of_the_search_reports_how_to_resume()
    {
        using var canceler = new CancellationTokenSource();
        using var service = ScriptedService.Configured(options => options.ReconciliationTimeout = TimeSpan.FromMinutes(1), TestResponse.Status(502));
        service.Respond(_ =>
        {
            canceler.Cancel();
            return NoRows;
        });

        var error = await Assert.ThrowsAsync<WanCanceledException>(() => service.Client.CreateAsync(Samples.Text, canceler.Token));

        Assert.Equal(("order-1", true), (error.ClientRequestId, error.MayHaveBeenSent));
        Assert.StartsWith(
            "Canceled; a generation may exist for submission 'order-1'. Search for it with FindGenerationsAsync(\"order-1\").",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cancellation_while_the_intent_is_recorded_reports_that_nothing_was_sent()
    {
        using var canceler = new CancellationTokenSource();
        using var service = Journaled(new MemoryJournal { Begin = canceler.Cancel }, TestResponse.Generation("queued"));

        var error = await Assert.ThrowsAsync<WanCanceledException>(() => service.Client.CreateAsync(Samples.Text, canceler.Token));

        Assert.Equal(("order-1", false), (error.ClientRequestId, error.MayHaveBeenSent));
        Assert.Empty(service.Requests);
    }

    public static TheoryData<Exception, string> JournalFaults { get; } = new()
    {
        { new IOException("The disk of 'journal' is full."), "The disk of 'journal' is full." },
        { new UnauthorizedAccessException("Access to 'journal' is denied."), "Access to 'journal' is denied." },
        { new InvalidDataException("Password=p"), "InvalidDataException." },
    };

    [Theory]
    [MemberData(nameof(JournalFaults))]
    public async Task A_submission_whose_intent_cannot_be_recorded_is_not_sent(Exception fault, string reason)
    {
        using var service = Journaled(new MemoryJournal { Begin = () => throw fault }, TestResponse.Generation("queued"));

        var error = await Assert.ThrowsAsync<WanConfigurationException>(() => service.Client.CreateAsync(Samples.Text, Cancellation));

        Assert.Equal($"The submission journal could not be used, and nothing was sent: {reason}", error.Message);
        Assert.Same(fault, error.InnerException);
        Assert.Empty(service.Requests);
    }

    private static SubmissionRecord Lost(string id) => new()
    {
        ClientRequestId = id,
        Fingerprint = "print",
        Model = "model",
        State = SubmissionState.Intended,
        RecordedAt = new DateTimeOffset(2026, 6, 2, 12, 0, 0, TimeSpan.Zero),
    };

    private static TestResponse LogOf(string id, string generations) => TestResponse.Json(
        $$$"""{"data":[{{{string.Join(',', generations.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(generation => $$"""{"client_request_id":"{{id}}","inference_id":"{{generation}}"}"""))}}}],"pagination":{"has_more":false}}""");

    private static async Task<GenerationOutcome> ResumeAsync(ScriptedService service)
    {
        var outcomes = new List<GenerationOutcome>();
        await foreach (var outcome in service.Client.FindPendingAsync(Cancellation))
            outcomes.Add(outcome);
        return Assert.Single(outcomes);
    }

    private static ScriptedService Journaled(MemoryJournal journal, params TestResponse[] script) => ScriptedService.Configured(options => options.Journal = journal, script);

    /// <summary>A journal with space for one entry.</summary>
}
