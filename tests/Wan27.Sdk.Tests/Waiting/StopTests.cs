namespace Wan27.Sdk.Tests.Waiting;

public class StopTests
{
    private static readonly PollingOptions EveryTenSeconds = new()
    {
        InitialDelay = TimeSpan.FromSeconds(10),
        Interval = TimeSpan.FromSeconds(10),
        Multiplier = 1,
        Jitter = 0,
        Timeout = TimeSpan.FromSeconds(35),
    };

    [Theory]
    [InlineData("error")]
    [InlineData("Failed")]
    [InlineData("cancelled")]
    [InlineData("canceled")]
    public async Task A_wait_for_a_failed_generation_throws_with_its_reason(string status)
    {
        using var service = ScriptedService.Responding(
            TestResponse.Generation("queued"),
            TestResponse.Json($$$"""{"id":"gen-1","status":"{{{status}}}","error":{"name":"content_policy","message":"Not allowed."}}"""));

        var error = await Assert.ThrowsAsync<WanGenerationFailedException>(
            () => service.RunAsync((client, cancellation) => client.GenerateAndWaitAsync(Samples.Text, EveryTenSeconds, null, cancellation)));

        Assert.Equal("content_policy", error.Generation.Error!.Name);
        Assert.Equal(("gen-1", "order-1", status), (error.GenerationId, error.ClientRequestId, error.LastStatus.ToString()));
        Assert.Equal($"Generation 'gen-1' ended with status '{status}': content_policy; Not allowed.", error.Message);
    }

    [Fact]
    public async Task The_reason_of_a_failure_is_escaped()
    {
        using var service = ScriptedService.Responding(TestResponse.Json(
            $$$"""{"id":"gen-1","status":"error","error":{"message":"bad\u001b[31m https://a.com/x.png?sig=canary data:image/png;base64,canary {{{new string('x', 5_000)}}}"}}"""));

        var error = await Assert.ThrowsAsync<WanGenerationFailedException>(
            () => service.RunAsync((client, cancellation) => client.WaitAsync("gen-1", EveryTenSeconds, null, cancellation)));

        Assert.StartsWith("Generation 'gen-1' ended with status 'error': bad\\u001B[31m https://a.com/x.png?*** data:image/png;base64,*** xxx", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 1_000, 1_100);
    }

    [Fact]
    public async Task A_wait_that_is_over_stops_exactly_at_its_deadline_after_a_last_poll()
    {
        using var service = ScriptedService.Responding(TestResponse.Generation("generating"));
        var began = service.Clock.GetUtcNow();

        var error = await Assert.ThrowsAsync<WanWaitTimeoutException>(
            () => service.RunAsync((client, cancellation) => client.WaitAsync("gen-1", EveryTenSeconds, null, cancellation)));

        Assert.Equal([0, 10, 20, 30, 35], service.Requests.Select(request => (request.At - began).TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(35), service.Clock.GetUtcNow() - began);
        Assert.Equal(("gen-1", GenerationStatus.Generating, TimeSpan.FromSeconds(35)), (error.GenerationId, error.LastStatus, error.Timeout));
        Assert.Contains("WaitAsync(\"gen-1\")", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_generation_that_completes_at_the_deadline_is_returned()
    {
        using var service = ScriptedService.Responding(
            TestResponse.Generation("queued"), TestResponse.Generation("queued"), TestResponse.Generation("queued"),
            TestResponse.Generation("completed", url: Samples.VideoUrl));

        var generation = await service.RunAsync((client, cancellation) => client.WaitAsync("gen-1", EveryTenSeconds, null, cancellation));

        Assert.True(generation.Status.IsSucceeded);
    }

    [Fact]
    public async Task A_wait_without_a_timeout_continues_for_more_than_an_hour()
    {
        using var service = ScriptedService.Responding(TestResponse.Generation("generating"));
        var began = service.Clock.GetUtcNow();
        service.Respond(_ => service.Clock.GetUtcNow() - began > TimeSpan.FromMinutes(90)
            ? TestResponse.Generation("completed", url: Samples.VideoUrl)
            : TestResponse.Generation("generating"));

        var generation = await service.RunAsync((client, cancellation) => client.WaitAsync(
            "gen-1", EveryTenSeconds with { Timeout = Timeout.InfiniteTimeSpan }, null, cancellation));

        Assert.True(generation.Status.IsSucceeded);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_canceled_wait_has_the_ids(bool duringPoll)
    {
        using var canceler = new CancellationTokenSource();
        using var service = ScriptedService.Responding(TestResponse.Generation("queued"));
        var polling = EveryTenSeconds;
        service.Respond(request =>
        {
            if (request.Method == HttpMethod.Get && duringPoll)
                canceler.Cancel();
            return TestResponse.Generation("generating");
        });
        using var timer = service.Clock.CreateTimer(_ => canceler.Cancel(), null, TimeSpan.FromSeconds(duringPoll ? 100 : 15), Timeout.InfiniteTimeSpan);

        var error = await Assert.ThrowsAsync<WanCanceledException>(
            () => service.RunAsync((client, _) => client.GenerateAndWaitAsync(Samples.Text, polling, null, canceler.Token)));

        Assert.Equal(("gen-1", "order-1", true), (error.GenerationId, error.ClientRequestId, error.MayHaveBeenSent));
        Assert.Equal(canceler.Token, error.CancellationToken);
        Assert.Contains("WaitAsync(\"gen-1\")", error.Message, StringComparison.Ordinal);
    }
}
