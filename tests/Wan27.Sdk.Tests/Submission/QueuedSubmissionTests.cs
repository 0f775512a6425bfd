using System.Diagnostics;

namespace Wan27.Sdk.Tests.Submission;

/// <summary>The cap on generations in progress. Generations of the service run until a test ends them.</summary>
public sealed class QueuedSubmissionTests : IDisposable
{
    private readonly MemoryJournal journal = new();
    private readonly List<ScriptedService> services = [];
    private readonly List<string> ended = [];
    private readonly List<string> submitted = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<bool> WithAndWithoutAJournal => [true, false];

    public void Dispose() => services.ForEach(service => service.Dispose());

    [Theory]
    [MemberData(nameof(WithAndWithoutAJournal))]
    public async Task A_submission_waits_until_a_generation_ends_which_it_notices_itself(bool isKept)
    {
        var service = Service(max: 2, isKept ? journal : null);
        await CreateAsync(service, "a", "b");

        var third = service.Client.CreateAsync(Request("c"), Cancellation);
        service.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal(["a", "b"], submitted);
        ended.Add("gen-b");
        service.Clock.Advance(TimeSpan.FromSeconds(30));

        Assert.Equal("gen-c", (await third).Id);
        Assert.Equal(["a", "b", "c"], submitted);
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutAJournal))]
    public async Task A_generation_whose_end_the_application_reads_makes_place_at_once(bool isKept)
    {
        var service = Service(max: 1, isKept ? journal : null);
        await CreateAsync(service, "a");
        ended.Add("gen-a");
        _ = await service.Client.GetAsync("gen-a", Cancellation);

        await CreateAsync(service, "b");

        Assert.Equal(["a", "b"], submitted);
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutAJournal))]
    public async Task A_submission_that_the_service_refused_makes_place(bool isKept)
    {
        var service = Service(max: 1, isKept ? journal : null);
        await Assert.ThrowsAsync<WanApiException>(() => service.Client.CreateAsync(Request("refused"), Cancellation));

        await CreateAsync(service, "a");

        Assert.Equal(["refused", "a"], submitted);
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutAJournal))]
    public async Task A_submission_whose_outcome_is_unknown_counts_as_long_as_its_generation_may_run(bool isKept)
    {
        var service = Service(max: 1, isKept ? journal : null, TimeSpan.FromHours(3));
        await Assert.ThrowsAsync<WanSubmissionUnknownException>(
            () => service.RunAsync((client, cancellation) => client.CreateAsync(Request("lost"), cancellation)));

        var next = service.Client.CreateAsync(Request("a"), Cancellation);
        service.Clock.Advance(TimeSpan.FromMinutes(58));
        Assert.Equal(["lost"], submitted);
        service.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.Equal("gen-a", (await next).Id);
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutAJournal))]
    public async Task A_submission_that_waited_for_hours_counts_from_when_it_was_sent(bool isKept)
    {
        var service = Service(max: 1, isKept ? journal : null, TimeSpan.FromHours(20));
        await CreateAsync(service, "a");
        var second = service.Client.CreateAsync(Request("b"), Cancellation);
        for (var minute = 0; minute < 70; minute++)
            service.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("gen-b", (await second).Id);

        var third = service.Client.CreateAsync(Request("c"), Cancellation);
        service.Clock.Advance(TimeSpan.FromMinutes(20));

        Assert.Equal(["a", "b"], submitted);
        ended.Add("gen-b");
        service.Clock.Advance(TimeSpan.FromSeconds(30));
        _ = await third;
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutAJournal))]
    public async Task A_submission_that_waited_too_long_is_a_typed_error_and_was_not_sent(bool isKept)
    {
        var service = Service(max: 1, isKept ? journal : null, TimeSpan.FromMinutes(10));
        await CreateAsync(service, "a");

        var waiting = new[] { "b", "c" }.Select(id => service.Client.CreateAsync(Request(id), Cancellation)).ToList();
        service.Clock.Advance(TimeSpan.FromMinutes(10));

        foreach (var late in waiting)
        {
            var error = await Assert.ThrowsAsync<WanQueueTimeoutException>(() => late);
            Assert.Equal((1, TimeSpan.FromMinutes(10), null), (error.MaxInProgress, error.Timeout, error.GenerationId));
            Assert.Equal(
                "The request was not sent: 1 generations of the account are in progress, the most that MaxInProgress allows, and none ended within "
                + "00:10:00. Submit it again later.",
                error.Message);
        }

        Assert.Equal(["a"], submitted);
        Assert.Equal(isKept ? ["a"] : [], (await journal.ReadPendingAsync(Cancellation)).Select(record => record.ClientRequestId));
        ended.Add("gen-a");
        _ = await service.Client.GetAsync("gen-a", Cancellation);
        await CreateAsync(service, "b");
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutAJournal))]
    public async Task Without_a_queue_timeout_nothing_waits(bool isKept)
    {
        var service = Service(max: 1, isKept ? journal : null, TimeSpan.Zero);
        await CreateAsync(service, "a");

        await Assert.ThrowsAsync<WanQueueTimeoutException>(() => service.Client.CreateAsync(Request("b"), Cancellation));

        Assert.Equal(["a"], submitted);
    }

    [Fact]
    public async Task A_canceled_wait_is_reported_as_not_sent()
    {
        var service = Service(max: 1, journal);
        await CreateAsync(service, "a");
        using var cancellation = new CancellationTokenSource();
        var waiting = service.Client.CreateAsync(Request("b"), cancellation.Token);

        await cancellation.CancelAsync();

        var error = await Assert.ThrowsAsync<WanCanceledException>(() => waiting);
        Assert.Equal(("b", false, null), (error.ClientRequestId, error.MayHaveBeenSent, error.GenerationId));
        Assert.Equal(["a"], submitted);
    }

    [Theory]
    [MemberData(nameof(WithAndWithoutAJournal))]
    public async Task The_callers_of_a_client_are_served_in_their_order_and_no_later_one_passes_them(bool isKept)
    {
        var service = Service(max: 1, isKept ? journal : null, TimeSpan.FromHours(20));
        await CreateAsync(service, "a");
        var (second, third) = (service.Client.CreateAsync(Request("b"), Cancellation), service.Client.CreateAsync(Request("c"), Cancellation));

        ended.Add("gen-a");
        _ = await service.Client.GetAsync("gen-a", Cancellation);
        var fourth = service.Client.CreateAsync(Request("d"), Cancellation);
        foreach (var id in new[] { "b", "c", "d" })
        {
            service.Clock.Advance(TimeSpan.FromMinutes(1));
            ended.Add($"gen-{id}");
        }

        Assert.Equal(["a", "b", "c", "d"], submitted);
        await Task.WhenAll(second, third, fourth);
    }

    [Fact]
    public async Task An_id_that_the_journal_knows_is_resumed_while_others_wait()
    {
        var service = Service(max: 1, journal);
        await CreateAsync(service, "a");
        var waiting = service.Client.CreateAsync(Request("b"), Cancellation);

        Assert.Equal("gen-a", (await service.Client.CreateAsync(Request("a"), Cancellation)).Id);

        Assert.False(waiting.IsCompleted);
        ended.Add("gen-a");
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        _ = await waiting;
    }

    [Fact]
    public async Task A_request_that_does_not_fit_into_the_budget_does_not_wait()
    {
        var service = Service(max: 1, journal, configure: options => options.Budget = new SpendingBudget(2m) { FallbackPriceUsd = 1.5m });
        await CreateAsync(service, "a");

        var error = await Assert.ThrowsAsync<WanValidationException>(() => service.Client.CreateAsync(Request("b"), Cancellation));

        Assert.True(error.IsBudgetExceeded);
    }

    [Fact]
    public async Task A_request_that_does_not_fit_into_a_budget_in_memory_makes_place()
    {
        var service = Service(max: 1, null, TimeSpan.Zero, options => options.Budget = new SpendingBudget(1m) { FallbackPriceUsd = 1.5m });
        for (var attempt = 0; attempt < 2; attempt++)
            Assert.True((await Assert.ThrowsAsync<WanValidationException>(() => service.Client.CreateAsync(Request("a"), Cancellation))).IsBudgetExceeded);
    }

    [Fact]
    public async Task Accounts_that_share_a_journal_have_places_of_their_own()
    {
        var (one, two) = (Service(max: 1, journal), Service(max: 1, journal, configure: options => options.Account = "other"));

        await CreateAsync(one, "a");
        await CreateAsync(two, "b");

        Assert.Equal(["a", "b"], submitted);
    }

    [Fact]
    public async Task An_earlier_submission_that_was_refused_while_it_was_followed_waits_for_a_place()
    {
        var (first, second) = (Record("b", SubmissionState.Intended, null), Record("a", SubmissionState.Accepted, "gen-a"));
        var service = Service(max: 1, journal, configure: options => options.ReconciliationTimeout = TimeSpan.FromMinutes(20));
        journal.Entry = first with { Fingerprint = await FingerprintAsync("b") };
        journal.Entry = second;

        var following = service.Client.CreateAsync(Request("b"), Cancellation);
        await journal.UpdateAsync(
            new SubmissionChange { ClientRequestId = "b", State = SubmissionState.Refused, RecordedAt = service.Clock.GetUtcNow() }, Cancellation);
        service.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Empty(submitted);
        ended.Add("gen-a");
        service.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("gen-b", (await following).Id);
        Assert.Equal(["b"], submitted);
    }

    [Fact]
    public async Task Two_clients_on_one_file_share_the_places()
    {
        using var folder = new TemporaryFolder();
        var one = Service(max: 1, new FileSubmissionJournal(folder["journal"]), TimeSpan.FromHours(23));
        var two = Service(max: 1, new FileSubmissionJournal(folder["journal"]), TimeSpan.FromHours(23));
        await CreateAsync(one, "a");

        var second = two.Client.CreateAsync(Request("b"), Cancellation);
        for (var read = 1; read <= 4; read++)
        {
            await UntilAsync(() => two.Requests.Count >= read);
            Assert.Equal(["a"], submitted);
            await AdvanceUntilAsync(two, () => two.Requests.Count > read, TimeSpan.FromMilliseconds(1));
        }

        ended.Add("gen-a");
        await AdvanceUntilAsync(two, () => second.IsCompleted, TimeSpan.FromMilliseconds(1));

        Assert.Equal("gen-b", (await second).Id);
        Assert.Equal(["a", "b"], submitted);
    }

    private static TextToVideoRequest Request(string id) => Samples.Text with { ClientRequestId = id };

    private static SubmissionRecord Record(string id, SubmissionState state, string? generationId) => new()
    {
        ClientRequestId = id,
        Fingerprint = "",
        Model = TextToVideoRequest.DefaultModel,
        State = state,
        GenerationId = generationId,
        StartedAt = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero),
        RecordedAt = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero),
    };

    /// <summary>The fingerprint of a request, as a client records it.</summary>
    private async Task<string> FingerprintAsync(string id)
    {
        var other = new MemoryJournal();
        var service = Service(max: 1, other);
        await CreateAsync(service, id);
        submitted.Clear();
        return other.Entry!.Fingerprint;
    }

    private static async Task CreateAsync(ScriptedService service, params string[] ids)
    {
        foreach (var id in ids)
            _ = await service.Client.CreateAsync(Request(id), Cancellation);
    }

    private ScriptedService Service(int max, ISubmissionJournal? kept, TimeSpan? timeout = null, Action<WanVideoClientOptions>? configure = null)
    {
        var service = ScriptedService.Configured(options =>
        {
            (options.MaxInProgress, options.Journal, options.QueueTimeout) = (max, kept, timeout ?? TimeSpan.FromHours(1));
            configure?.Invoke(options);
        });
        service.Respond(Response);
        services.Add(service);
        return service;
    }

    private TestResponse Response(Received request)
    {
        if (request.Method != HttpMethod.Post)
        {
            var id = request.Uri.Query.Split('=')[^1];
            return request.Uri.AbsolutePath == "/v2/logs" ? TestResponse.Json("""{"data":[],"pagination":{"has_more":false}}""")
                : request.Uri.AbsolutePath == "/v2/video/generations" ? TestResponse.Generation(ended.Contains(id) ? "error" : "generating", id)
                : TestResponse.Json("""{"data":[]}""");
        }

        var line = request.Headers.Split('\n').Single(header => header.StartsWith("x-client-request-id", StringComparison.OrdinalIgnoreCase));
        var sent = line.Split(':')[1].Trim();
        submitted.Add(sent);
        return sent is "refused" ? TestResponse.Status(400) : sent is "lost" ? TestResponse.Status(502) : TestResponse.Generation("queued", $"gen-{sent}");
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var patience = Stopwatch.StartNew(); !condition(); await Task.Yield())
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), "It did not happen.");
    }

    private static async Task AdvanceUntilAsync(ScriptedService service, Func<bool> condition, TimeSpan step)
    {
        for (var patience = Stopwatch.StartNew(); !condition(); await Task.Yield())
        {
            service.Clock.Advance(step);
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), "It did not happen.");
        }
    }
}
