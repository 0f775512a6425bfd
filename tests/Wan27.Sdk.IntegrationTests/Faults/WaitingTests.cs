using System.Net;
using System.Globalization;
using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>Servers that request a wait, that never stop failing or never respond, and clocks that jump.</summary>
public sealed class WaitingTests
{
    public static TheoryData<string, double> Obeyed { get; } = new()
    {
        { "0", 0 },
        { "1.5", 1.5 },
        { "60", 60 },
        { "5, 7", 7 },
        { "Wed, 01 Jul 2026 12:00:30 GMT", 30 },
        { "Tue, 30 Jun 2026 12:00:00 GMT", 0 },
    };

    public static TheoryData<string> Nonsense { get; } = ["", "-1", "NaN", "Infinity", "1e38", "1,5x", "soon", "+3", "0x10", "99999999999999999999999999999", "Wed, 99 Foo 2026 12:00:00 GMT"];

    [Theory]
    [MemberData(nameof(Obeyed))]
    [Fault(81, "Create, Get", "Obeyed up to 60 s, in any culture")]
    public async Task Retry_After_in_each_form(string value, double seconds)
    {
        using var german = new TemporaryCulture("de-DE");
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = request => fixture.Server.Requests.Count(other => other.Method == request.Method) == 1 ? Busy(value) : null;

        foreach (var method in new[] { Call.Create, Call.Get })
        {
            var began = fixture.Clock.GetTimestamp();
            _ = await fixture.SucceedsAsync(method, TimeSpan.FromSeconds(60));
            Assert.Equal(seconds, fixture.Clock.GetElapsedTime(began).TotalSeconds, 0.001);
        }
    }

    [Theory]
    [MemberData(nameof(Nonsense))]
    [Fault(82, "Create, Get", "Ignored: the client's own pause of at most 8 s")]
    public async Task Retry_After_that_is_invalid(string value)
    {
        using var german = new TemporaryCulture("de-DE");
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = request => fixture.Server.Requests.Count(other => other.Method == request.Method) == 1 ? Busy(value) : null;

        _ = await fixture.SucceedsAsync(Call.Create, TimeSpan.FromSeconds(8));
        _ = await fixture.SucceedsAsync(Call.Get, TimeSpan.FromSeconds(8));
    }

    [Theory]
    [InlineData("61", 61)]
    [InlineData("86400", 86400)]
    [InlineData("1, 999999", 999999)]
    [InlineData("Thu, 02 Jul 2026 12:00:00 GMT", 86400)]
    [Fault(83, "Create, Get", "`WanApiException` 429 at once, with the wait as `RetryAfter`")]
    public async Task Retry_After_of_more_than_a_minute(string value, double seconds)
    {
        using var german = new TemporaryCulture("de-DE");
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => Busy(value);

        var submission = await fixture.FailsAsync<WanApiException>(Call.Create, TimeSpan.Zero);
        var read = await fixture.FailsAsync<WanApiException>(Call.Get, TimeSpan.Zero);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests), (submission.StatusCode, read.StatusCode));
        Assert.Equal((seconds, seconds), (submission.RetryAfter!.Value.TotalSeconds, read.RetryAfter!.Value.TotalSeconds));
        Assert.Equal(2, fixture.Server.Requests.Count);
    }

    [Fact]
    [Fault(84, "Create, Get", "`WanApiException` 429 after 3 attempts of Create and 4 of Get; after one when the 500 tokens are used")]
    public async Task A_storm_of_429()
    {
        await AssertStormEndsAsync<WanApiException>(Busy(""));
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => Busy("");

        var error = await fixture.FailsAsync<WanApiException>(Call.Create, FaultFixture.Retries);

        Assert.Equal(HttpStatusCode.TooManyRequests, error.StatusCode);
        Assert.Equal(3, fixture.Server.Requests.Count);
    }

    [Fact]
    [Fault(85, "Get", "`WanApiException` after 4 attempts; after one when the 500 tokens are used")]
    public Task A_storm_of_503() => AssertStormEndsAsync<WanApiException>(Reply.Json("{}", 503));

    [Fact]
    [Fault(86, "Get", "`WanConnectionException` after 4 attempts; after one when the 500 tokens are used")]
    public Task A_storm_of_resets() => AssertStormEndsAsync<WanConnectionException>(Reply.Nothing.Then(Ending.Reset));

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [Fault(87, "Wait", "No deadline moves: deadlines use a monotonic clock")]
    public async Task A_clock_that_jumps_a_day_in_a_wait(int days)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Clock.OnPause = () => fixture.Clock.Jump += TimeSpan.FromDays(days);
        fixture.Server.Replacement = _ => Reply.Json($$"""{"id":"{{FaultFixture.GenerationId}}","status":"generating"}""");
        var began = fixture.Clock.GetTimestamp();

        _ = await fixture.FailsAsync<WanWaitTimeoutException>(Call.Wait, PollingOptions.Default.Timeout);

        Assert.InRange(fixture.Clock.GetElapsedTime(began), PollingOptions.Default.Timeout, TimeSpan.MaxValue);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [Fault(145, "Create, Download", "One generation and the complete video, after the same pauses as by a steady clock")]
    public async Task A_clock_that_jumps_a_day_in_a_submission_and_a_download(int days)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Clock.OnPause = () => fixture.Clock.Jump += TimeSpan.FromDays(days);
        var responses = new Queue<Reply?>([Busy("7"), null, Reply.Of(503, default), null]);
        fixture.Server.Replacement = request =>
            request.Method == "POST" || request.Target.StartsWith("/video", StringComparison.Ordinal) ? responses.Dequeue() : null;
        using var video = new MemoryStream();

        _ = await fixture.SucceedsAsync(Call.Create, TimeSpan.FromSeconds(7));
        _ = await fixture.SucceedsAsync(DownloadAsync, FaultFixture.Retries);

        Assert.Equal(HostileServer.Video, video.ToArray());
        Assert.Equal((2, 0), (fixture.Clock.Jump.Duration().TotalDays, responses.Count));

        async Task<bool> DownloadAsync(IWanVideoClient client, CancellationToken token)
        {
            await client.DownloadAsync(fixture.Video(), video, cancellationToken: token);
            return true;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    [Fault(88, "Create", "The search continues to its deadline, and uses the time of the server's clock")]
    public async Task A_clock_that_jumps_a_day_in_a_search(int days)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.KeepsLog = false;
        fixture.Clock.OnPause = () => fixture.Clock.Jump += TimeSpan.FromDays(days);
        fixture.Server.Replacement = request => request.Method == "POST" ? Reply.Json("{}", 503, "Date: Wed, 01 Jul 2026 12:00:00 GMT") : null;
        var began = fixture.Clock.GetTimestamp();

        _ = await fixture.FailsAsync<WanSubmissionUnknownException>(Call.Create, FaultFixture.Search);

        Assert.InRange(fixture.Clock.GetElapsedTime(began), FaultFixture.Search, TimeSpan.MaxValue);
        Assert.All(fixture.Server.Requests.Skip(1), request => Assert.Contains("start=2026-07-01T11%3A50%3A00Z", request.Target, StringComparison.Ordinal));
    }

    [Fact]
    [Fault(89, "Wait", "`WanWaitTimeoutException` at the end of `Timeout`, with the id of the generation and the last error")]
    public async Task A_service_that_never_responds_in_a_wait()
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => Reply.Nothing.Then(Ending.Stall);

        var error = await fixture.FailsAsync<WanWaitTimeoutException>(Call.Wait, PollingOptions.Default.Timeout);

        Assert.Equal(FaultFixture.GenerationId, error.GenerationId);
        _ = Assert.IsType<WanConnectionException>(error.InnerException);
    }

    [Fact]
    [Fault(90, "Create", "`WanSubmissionUnknownException` at the end of `ReconciliationTimeout`, whatever the search waits for")]
    public async Task A_log_that_never_responds_in_a_search()
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = request => request.Method == "POST" ? Reply.Json("{}", 503) : Reply.Nothing.Then(Ending.Stall);

        _ = await fixture.FailsAsync<WanSubmissionUnknownException>(Call.Create, FaultFixture.Search);
    }

    private static Reply Busy(string retryAfter) =>
        Reply.Json("{}", 429, retryAfter.Length == 0 ? "X-None: 0" : $"Retry-After: {retryAfter}", "Date: Wed, 01 Jul 2026 12:00:00 GMT");

    private static async Task AssertStormEndsAsync<TError>(Reply reply)
        where TError : WanException
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => reply;
        int before;
        do
        {
            before = fixture.Server.Requests.Count;
            _ = await fixture.FailsAsync<TError>(Call.Get, FaultFixture.Retries);
        }
        while (fixture.Server.Requests.Count > before + 1);

        Assert.InRange(fixture.Server.Requests.Count, 50, 50 + 100);
    }

    private sealed class TemporaryCulture : IDisposable
    {
        private readonly CultureInfo before = CultureInfo.CurrentCulture;

        public TemporaryCulture(string name) => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);

        public void Dispose() => CultureInfo.CurrentCulture = before;
    }
}
