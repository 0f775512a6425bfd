namespace Wan27.Sdk.Tests.Transport;

public class ReadRetryTests
{
    private const int Attempts = 4;

    public static TheoryData<string, TestResponse> Passing { get; } = new()
    {
        { "408", TestResponse.Status(408) },
        { "429", TestResponse.Status(429) },
        { "500", TestResponse.Status(500) },
        { "502", TestResponse.Status(502) },
        { "503", TestResponse.Status(503) },
        { "504", TestResponse.Status(504) },
        { "522", TestResponse.Status(522) },
        { "refused", TestResponse.Unreached(new HttpRequestException(HttpRequestError.ConnectionError)) },
        { "reset", TestResponse.Lost(new HttpRequestException("reset", new IOException())) },
        { "a timeout of the HttpClient", TestResponse.Lost(new TaskCanceledException("timeout", new TimeoutException())) },
        { "HTML", TestResponse.Status(200, "<html>", "text/html") },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_temporary_error_is_tried_4_times(string what, TestResponse response)
    {
        using var service = ScriptedService.Responding(response);

        await Assert.ThrowsAnyAsync<WanException>(() => service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation)));

        Assert.True(service.Requests.Count == Attempts, $"{what}: {service.Requests.Count}");
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task A_temporary_error_that_ends_is_not_reported(string what, TestResponse response)
    {
        using var service = ScriptedService.Responding(response, response, response, TestResponse.Generation("queued"));

        var generation = await service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation));

        Assert.True(generation.Status == GenerationStatus.Queued, what);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(307)]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(422)]
    public async Task A_permanent_error_is_tried_once(int status)
    {
        using var service = ScriptedService.Responding(TestResponse.Status(status).With("Location", "https://elsewhere.example.com/"));

        var error = await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation)));

        Assert.Single(service.Requests);
        Assert.Equal((status, "gen-1"), ((int)error.StatusCode, error.GenerationId));
    }

    [Fact]
    public async Task A_certificate_that_fails_is_tried_once()
    {
        using var service = ScriptedService.Responding(TestResponse.Unreached(
            new HttpRequestException(HttpRequestError.SecureConnectionError, "TLS", new System.Security.Authentication.AuthenticationException())));

        var error = await Assert.ThrowsAsync<WanConnectionException>(() => service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation)));

        Assert.True(error.IsTlsFailure);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task Retries_are_spread_over_no_more_than_8_seconds_each()
    {
        using var service = ScriptedService.Responding(TestResponse.Status(503));

        await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation)));

        Assert.All(
            service.Requests.Zip(service.Requests.Skip(1), (one, next) => (next.At - one.At).TotalSeconds),
            delay => Assert.InRange(delay, 0, 8.1));
    }

    [Fact]
    public async Task The_callers_cancellation_ends_a_read_at_once_and_also_its_backoff()
    {
        using var canceler = new CancellationTokenSource();
        using var service = ScriptedService.Responding(TestResponse.Status(503).With("Retry-After", "60"));
        var running = service.Client.GetAsync("gen-1", canceler.Token);

        await canceler.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_storm_drains_the_budget_and_calls_are_then_tried_once()
    {
        using var service = ScriptedService.Responding(TestResponse.Status(503));
        for (var call = 0; call < 34; call++)
            await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation)));
        var before = service.Requests.Count;

        await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation)));

        Assert.Equal(34 + 100, before);
        Assert.Equal(before + 1, service.Requests.Count);
    }

    [Fact]
    public async Task Successes_fill_the_budget_again()
    {
        using var service = ScriptedService.Responding([.. Enumerable.Repeat(TestResponse.Status(503), 134), .. Enumerable.Repeat(TestResponse.Generation("queued"), 5), TestResponse.Status(503)]);
        for (var call = 0; call < 34; call++)
            await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation)));
        for (var call = 0; call < 5; call++)
            await service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation));
        var before = service.Requests.Count;

        await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation)));

        Assert.Equal(before + 2, service.Requests.Count);
    }
}
