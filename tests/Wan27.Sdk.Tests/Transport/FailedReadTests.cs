using System.Security.Authentication;

namespace Wan27.Sdk.Tests.Transport;

/// <summary>What is reported of a read without a response.</summary>
public sealed class FailedReadTests
{
    private const string HowToGoOn = " Resume with WaitAsync(\"gen-1\").";

    public static TheoryData<Exception, string> Faults { get; } = new()
    {
        { new HttpRequestException(HttpRequestError.NameResolutionError), "NameResolutionError" },
        { new HttpRequestException("words of the transport"), nameof(HttpRequestException) },
        { new IOException("words of the transport"), nameof(IOException) },
        { new ObjectDisposedException("HttpClient"), "the client was disposed" },
        { new TaskCanceledException("timeout", new TimeoutException()), "a timeout of the connection, of the HttpClient or of a handler around the client" },
        { new HttpRequestException(HttpRequestError.SecureConnectionError, "TLS", new AuthenticationException()), "the service's certificate is not valid, or it does not support TLS" },
    };

    [Fact]
    public async Task It_names_a_port_that_is_not_the_usual_one()
    {
        using var service = ScriptedService.Configured(
            options => options.BaseAddress = new Uri("https://api.example:8443"), TestResponse.Unreached(new HttpRequestException(HttpRequestError.ConnectionError, "refused")));

        var error = await Assert.ThrowsAsync<WanConnectionException>(() => ReadAsync(service));

        Assert.StartsWith("No response to GET api.example:8443/v2/video/generations: ConnectionError.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task It_names_the_request_and_the_cause_in_one_line(Exception fault, string reason)
    {
        using var service = ScriptedService.Responding(TestResponse.Unreached(fault));

        var error = await Assert.ThrowsAsync<WanConnectionException>(() => ReadAsync(service));

        Assert.Equal($"No response to GET api.aimlapi.com/v2/video/generations: {reason}.{HowToGoOn}", error.Message);
        Assert.Equal((fault is ObjectDisposedException, reason.Contains("TLS", StringComparison.Ordinal)), (error.IsUnusable, error.IsTlsFailure));
        Assert.Equal("gen-1", error.GenerationId);
    }

    [Fact]
    public async Task A_timeout_reports_how_long_it_lasted()
    {
        using var http = new HttpClient(new HangingHandler());
        using var service = ScriptedService.Responding();
        using var client = new WanVideoClient(http, new WanVideoClientOptions
        {
            ApiKey = "key",
            TimeProvider = service.Clock,
            AttemptTimeout = TimeSpan.FromSeconds(7),
            ReconciliationTimeout = TimeSpan.Zero,
        });

        var error = await Assert.ThrowsAsync<WanConnectionException>(
            () => service.RunAsync((_, cancellation) => client.GetAsync("gen-1", cancellation)));

        Assert.Equal("No response to GET api.aimlapi.com/v2/video/generations: nothing was received for 7 s." + HowToGoOn, error.Message);
    }

    [Theory]
    [InlineData("{\"id\":\n  7", "it is not JSON at line 2, byte 3")]
    [InlineData("{\"id\":\"\\ud83d\"}", "it holds text that is no Unicode")]
    public async Task A_response_that_is_not_JSON_reports_the_position(string body, string reason)
    {
        using var service = ScriptedService.Responding(TestResponse.Json(body).With("x-request-id", "req-1"));

        var error = await Assert.ThrowsAsync<WanApiException>(() => ReadAsync(service));

        Assert.Equal($"The service's response (200) cannot be read: {reason}.{HowToGoOn}", error.Message);
        Assert.Equal(("gen-1", "req-1"), (error.GenerationId, error.RequestId));
    }

    private static Task<VideoGeneration> ReadAsync(ScriptedService service) =>
        service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation));

    private sealed class HangingHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new HttpResponseMessage();
        }
    }
}
