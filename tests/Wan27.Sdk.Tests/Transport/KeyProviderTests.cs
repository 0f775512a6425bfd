using System.Net;

namespace Wan27.Sdk.Tests.Transport;

/// <summary>Keys that rotate, with and without the SDK's own handler at the bottom.</summary>
public class KeyProviderTests
{
    private const string Reflection = """{"requestId":"key-1","message":"key-1 and key-2 are wrong"}""";

    private int asked;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_provider_returns_the_key_for_each_request_and_overrides_the_fixed_one(bool isGuarded)
    {
        using var service = ScriptedService.Configured(isGuarded, Rotating, TestResponse.Generation("queued"));

        await service.RunAsync(Get);
        await service.RunAsync(Get);

        Assert.Equal(["key-1", "key-2"], KeysOf(service));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_read_whose_key_is_refused_is_sent_once_more_with_the_next(bool isGuarded)
    {
        using var service = ScriptedService.Configured(isGuarded, Rotating, TestResponse.Status(401), TestResponse.Generation("queued"));

        var generation = await service.RunAsync(Get);

        Assert.Equal(GenerationStatus.Queued, generation.Status);
        Assert.Equal(["key-1", "key-2"], KeysOf(service));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_second_refusal_is_reported(bool isGuarded)
    {
        using var service = ScriptedService.Configured(isGuarded, Rotating, TestResponse.Status(401));

        var error = await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync(Get));

        Assert.Equal(HttpStatusCode.Unauthorized, error.StatusCode);
        Assert.Equal(["key-1", "key-2"], KeysOf(service));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_paid_request_is_never_sent_again_for_another_key(bool isGuarded)
    {
        using var service = ScriptedService.Configured(isGuarded, Rotating, TestResponse.Status(401), TestResponse.Generation("queued"));

        var error = await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync(Create));

        Assert.Equal(HttpStatusCode.Unauthorized, error.StatusCode);
        Assert.Single(service.Requests);
        Assert.Equal(1, asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_provider_that_fails_is_reported_at_once_and_nothing_is_sent(bool isGuarded)
    {
        var failure = new InvalidOperationException("the vault is shut");
        using var service = ScriptedService.Configured(
            isGuarded, options => options.ApiKeyProvider = _ => Ask(failure), TestResponse.Generation("queued"));

        var read = await Assert.ThrowsAsync<WanConfigurationException>(() => service.RunAsync(Get));
        var paid = await Assert.ThrowsAsync<WanConfigurationException>(() => service.RunAsync(Create));

        Assert.Equal((failure, "gen-1"), (read.InnerException, read.GenerationId));
        Assert.Equal((failure, null), (paid.InnerException, paid.GenerationId));
        Assert.Equal((0, 2), (service.Requests.Count, asked));
    }

    [Theory]
    [InlineData("canary\r\nX-Evil: 1", true)]
    [InlineData("canary\r\nX-Evil: 1", false)]
    [InlineData("", true)]
    [InlineData(null, true)]
    public async Task A_provided_key_is_checked_before_it_is_sent(string? key, bool isGuarded)
    {
        using var service = ScriptedService.Configured(isGuarded, options => options.ApiKeyProvider = _ => ValueTask.FromResult(key!), TestResponse.Generation("queued"));

        var error = await Assert.ThrowsAsync<WanConfigurationException>(() => service.RunAsync(Create));

        Assert.Empty(service.Requests);
        Assert.StartsWith("The request was not sent. The API key ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_provider_that_never_returns_times_out_after_one_attempt(bool isGuarded)
    {
        using var service = ScriptedService.Configured(isGuarded, options => options.ApiKeyProvider = _ => new(new TaskCompletionSource<string>().Task));

        var error = await Assert.ThrowsAsync<WanConnectionException>(() => service.RunAsync(Create));

        Assert.Contains("nothing was received for 100 s", error.Message, StringComparison.Ordinal);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task A_provider_that_fails_during_the_search_leaves_the_outcome_unknown()
    {
        var keys = new Queue<string>(["key-1"]);
        using var service = ScriptedService.Configured(true, options => options.ApiKeyProvider = _ => ValueTask.FromResult(keys.Dequeue()), TestResponse.Status(503));

        var error = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => service.RunAsync(Create));

        Assert.Contains("the provider of the API key failed", error.Message, StringComparison.Ordinal);
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task An_error_shows_neither_the_key_of_its_request_nor_the_newest_key(bool isGuarded, bool isPaid)
    {
        ScriptedService? service = null;
        using var owned = service = ScriptedService.Configured(isGuarded, Rotating, TestResponse.During(Other, TestResponse.Json(Reflection, 400)), TestResponse.Generation("queued", "gen-2"));

        var error = await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync<VideoGeneration>(isPaid ? Create : Get));

        Assert.Equal(["key-1", "key-2"], KeysOf(service));
        Assert.Equal(("{\"requestId\":\"***\",\"message\":\"*** and *** are wrong\"}", "***"), (error.ResponseExcerpt, error.RequestId));

        Task Other() => service!.Client.GetAsync("gen-2", TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_malformed_response_shows_neither_key(bool isGuarded)
    {
        ScriptedService? service = null;
        var attempts = Enumerable.Range(0, 4).SelectMany(attempt => new[] { TestResponse.During(Other, TestResponse.Status(200, $"<key-{(2 * attempt) + 1} key-{(2 * attempt) + 2}")), TestResponse.Generation("queued", "gen-2") });
        using var owned = service = ScriptedService.Configured(isGuarded, Rotating, [.. attempts]);

        var error = await Assert.ThrowsAsync<WanApiException>(() => service.RunAsync(Get));

        Assert.Equal("<*** ***", error.ResponseExcerpt);

        Task Other() => service!.Client.GetAsync("gen-2", TestContext.Current.CancellationToken);
    }

    private static Task<VideoGeneration> Get(WanVideoClient client, CancellationToken cancellationToken) => client.GetAsync("gen-1", cancellationToken);

    private static Task<VideoGeneration> Create(WanVideoClient client, CancellationToken cancellationToken) => client.CreateAsync(Samples.Text, cancellationToken);

    private static IEnumerable<string> KeysOf(ScriptedService service) =>
        service.Requests.Select(request => request.Headers.Split('\n').Single(line => line.StartsWith("Authorization", StringComparison.Ordinal)).Split(' ')[^1].Trim());

    private void Rotating(WanVideoClientOptions options) => options.ApiKeyProvider = _ => ValueTask.FromResult($"key-{++asked}");

    private ValueTask<string> Ask(Exception failure)
    {
        asked++;
        throw failure;
    }
}
