using System.Net.Sockets;
using System.Security.Authentication;
using Wan27.Sdk.Errors;

namespace Wan27.Sdk.Tests.Submission;

public class LostResponseTests
{
    private static readonly TestResponse NoRows = TestResponse.Json("""{"data":[],"pagination":{"has_more":false}}""");

    public static TheoryData<string, Exception> Unsent { get; } = new()
    {
        { "refused", new HttpRequestException(HttpRequestError.ConnectionError, "refused", new SocketException(111)) },
        { "no such name", new HttpRequestException(HttpRequestError.NameResolutionError) },
        { "connect timeout", new TaskCanceledException("timeout", new TimeoutException()) },
        { "proxy", new HttpRequestException(HttpRequestError.ProxyTunnelError) },
    };

    public static TheoryData<string, TestResponse, string> Unclear { get; } = new()
    {
        { "reset after sending", TestResponse.Lost(new HttpRequestException("reset", new IOException("reset"))), nameof(SubmissionPhase.Sent) },
        { "end of stream", TestResponse.Lost(new HttpRequestException(HttpRequestError.ResponseEnded)), nameof(SubmissionPhase.Sent) },
        { "HTTP/2 refused stream", TestResponse.Lost(new HttpRequestException(HttpRequestError.HttpProtocolError)), nameof(SubmissionPhase.Sent) },
        { "garbage", TestResponse.Lost(new HttpRequestException(HttpRequestError.InvalidResponse)), nameof(SubmissionPhase.Sent) },
        { "timeout of the HttpClient", TestResponse.Lost(new TaskCanceledException("timeout", new TimeoutException())), nameof(SubmissionPhase.Sent) },
        { "refused, but with the body taken", TestResponse.Lost(new HttpRequestException(HttpRequestError.ConnectionError)), nameof(SubmissionPhase.Sent) },
        { "an exception of a handler's own", TestResponse.Lost(new InvalidOperationException("odd")), nameof(SubmissionPhase.Sent) },
    };

    [Theory]
    [MemberData(nameof(Unsent))]
    public async Task A_request_that_was_certainly_not_sent_is_sent_again_at_most_twice(string what, Exception fault)
    {
        using var service = ScriptedService.Responding(TestResponse.Unreached(fault));

        var error = await Assert.ThrowsAsync<WanConnectionException>(() => CreateAsync(service));

        Assert.True(service.Requests.Count == 3, what);
        Assert.Equal("order-1", error.ClientRequestId);
    }

    [Fact]
    public async Task A_request_whose_end_was_not_handed_over_was_not_submitted_and_is_sent_again_at_most_twice()
    {
        foreach (var service in new[] { ScriptedService.Guarded(TestResponse.CutAfter(10)), ScriptedService.Responding(TestResponse.CutAfter(10)) })
        {
            using (service)
            {
                var error = await Assert.ThrowsAsync<WanConnectionException>(() => CreateAsync(service));

                Assert.Equal(3, service.Requests.Count);
                Assert.EndsWith("Nothing was submitted.", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData(401, 1)]
    [InlineData(403, 1)]
    [InlineData(409, 1)]
    [InlineData(413, 1)]
    [InlineData(429, 3)]
    [InlineData(503, 3)]
    public async Task An_error_before_the_end_of_the_body_is_a_refusal(int status, int posts)
    {
        using var service = ScriptedService.Guarded(TestResponse.StatusBeforeBody(status));

        var error = await Assert.ThrowsAsync<WanApiException>(() => CreateAsync(service));

        Assert.Equal((status, posts), ((int)error.StatusCode, service.Requests.Count));
    }

    [Fact]
    public async Task An_error_before_the_end_of_the_body_that_names_a_generation_is_unclear()
    {
        using var service = ScriptedService.Guarded(TestResponse.StatusBeforeBody(503).With("x-inference-id", "gen-1"), NoRows);

        await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => CreateAsync(service));

        Assert.Single(service.Posts);
    }

    [Fact]
    public async Task A_large_body_waits_to_be_asked_for_and_is_sent_without_that_if_the_service_declines()
    {
        using var service = ScriptedService.Unvalidated(TestResponse.StatusBeforeBody(417), TestResponse.Generation("queued"));
        var image = MediaSource.FromBytes(new byte[900_000]);

        var generation = await service.Client.CreateAsync(new ImageToVideoRequest { Prompt = "p", Image = image }, TestContext.Current.CancellationToken);

        Assert.Equal("gen-1", generation.Id);
        Assert.Equal([true, null], service.Requests.Select(request => request.ExpectContinue));
    }

    [Fact]
    public async Task A_request_that_was_not_sent_at_first_becomes_a_generation()
    {
        using var service = ScriptedService.Guarded(
            TestResponse.Unreached(new HttpRequestException(HttpRequestError.NameResolutionError)), TestResponse.Generation("queued"));

        Assert.Equal("gen-1", (await CreateAsync(service)).Id);
    }

    [Fact]
    public async Task A_certificate_that_fails_is_not_tried_again()
    {
        using var service = ScriptedService.Guarded(TestResponse.Unreached(
            new HttpRequestException(HttpRequestError.SecureConnectionError, "TLS", new AuthenticationException())));

        Assert.True((await Assert.ThrowsAsync<WanConnectionException>(() => CreateAsync(service))).IsTlsFailure);
        Assert.Single(service.Requests);
    }

    [Theory]
    [MemberData(nameof(Unclear))]
    public async Task A_request_that_may_have_arrived_is_never_sent_again(string what, TestResponse fault, string phase)
    {
        foreach (var service in new[] { ScriptedService.Guarded(fault, NoRows), ScriptedService.Responding(fault, NoRows) })
        {
            using (service)
            {
                var error = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => CreateAsync(service));

                Assert.True(service.Posts.Count() == 1, what);
                Assert.Equal(("order-1", phase), (error.ClientRequestId, error.Phase.ToString()));
                Assert.IsType<WanConnectionException>(error.InnerException);
            }
        }
    }

    [Fact]
    public async Task A_service_without_a_response_times_out_and_gets_no_second_request()
    {
        using var service = ScriptedService.Guarded();
        service.Respond(request =>
        {
            if (request.Method == HttpMethod.Get)
                return NoRows;
            service.Clock.Advance(service.Options.AttemptTimeout);
            return TestResponse.Lost(new TaskCanceledException());
        });

        var error = await Assert.ThrowsAsync<WanSubmissionUnknownException>(
            () => service.Client.CreateAsync(Samples.Text, TestContext.Current.CancellationToken));

        Assert.Single(service.Posts);
        Assert.Contains("nothing was received for 100 s", error.Evidence[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task A_canceled_submission_reports_whether_it_may_have_been_sent(bool takesBody, bool mayHaveBeenSent)
    {
        using var canceler = new CancellationTokenSource();
        using var service = ScriptedService.Responding();
        service.Respond(_ =>
        {
            canceler.Cancel();
            var fault = new TaskCanceledException("canceled", null, canceler.Token);
            return takesBody ? TestResponse.Lost(fault) : TestResponse.Unreached(fault);
        });

        var error = await Assert.ThrowsAsync<WanCanceledException>(() => service.Client.CreateAsync(Samples.Text, canceler.Token));

        Assert.Equal(("order-1", null, mayHaveBeenSent), (error.ClientRequestId, error.GenerationId, error.MayHaveBeenSent));
        Assert.Contains(mayHaveBeenSent ? "a generation may exist" : "no generation exists", error.Message, StringComparison.Ordinal);
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData("gen-1", "gen-1")]
    [InlineData($"gen-{ScriptedService.Key}", null)]
    public async Task A_submission_canceled_during_its_response_reports_the_id_of_the_headers(string id, string? expected)
    {
        using var canceler = new CancellationTokenSource();
        using var service = ScriptedService.Behind(transport => new CancelingHandler(transport, canceler), isGuarded: true, TestResponse.Generation("queued").With("x-inference-id", id));

        var error = await Assert.ThrowsAsync<WanCanceledException>(() => service.Client.CreateAsync(Samples.Text, canceler.Token));

        Assert.Equal((expected, true), (error.GenerationId, error.MayHaveBeenSent));
    }

    [Fact]
    public async Task A_submission_canceled_beforehand_sends_nothing()
    {
        using var service = ScriptedService.Responding(TestResponse.Generation("queued"));

        var error = await Assert.ThrowsAsync<WanCanceledException>(() => service.Client.CreateAsync(Samples.Text, new CancellationToken(canceled: true)));

        Assert.False(error.MayHaveBeenSent);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task A_submission_canceled_between_two_attempts_reports_that_nothing_is_running()
    {
        using var canceler = new CancellationTokenSource();
        using var service = ScriptedService.Guarded(TestResponse.Status(429).With("Retry-After", "30"));
        var running = service.Client.CreateAsync(Samples.Text, canceler.Token);

        await canceler.CancelAsync();

        Assert.False((await Assert.ThrowsAsync<WanCanceledException>(() => running)).MayHaveBeenSent);
        Assert.Single(service.Posts);
    }

    [Fact]
    public async Task A_search_continues_until_its_deadline_and_then_reports_it()
    {
        using var service = ScriptedService.Configured(
            options => options.ReconciliationTimeout = TimeSpan.FromMinutes(5), TestResponse.Status(504), NoRows);
        var began = service.Clock.GetUtcNow();

        await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => CreateAsync(service));

        Assert.Equal(300, (service.Clock.GetUtcNow() - began).TotalSeconds, 0.11);
        Assert.InRange(service.Requests.Count, 5, 20);
        Assert.Single(service.Posts);
    }

    private static Task<VideoGeneration> CreateAsync(ScriptedService service) =>
        service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation));

    /// <summary>Cancels for the caller when the response is available.</summary>
    private sealed class CancelingHandler(HttpMessageHandler transport, CancellationTokenSource canceler) : DelegatingHandler(transport)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await canceler.CancelAsync();
            return response;
        }
    }
}
