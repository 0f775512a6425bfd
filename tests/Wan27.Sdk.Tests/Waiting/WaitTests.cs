namespace Wan27.Sdk.Tests.Waiting;

public class WaitTests
{
    private static readonly PollingOptions EverySecond = new()
    {
        InitialDelay = TimeSpan.FromSeconds(1),
        Interval = TimeSpan.FromSeconds(1),
        Multiplier = 1,
        MaxInterval = TimeSpan.FromSeconds(1),
        Jitter = 0,
    };

    [Fact]
    public async Task The_first_report_comes_at_acceptance_with_the_id_and_one_follows_each_poll()
    {
        using var service = ScriptedService.Responding(
            TestResponse.Generation("queued"), TestResponse.Generation("generating"), TestResponse.Generation("completed", url: Samples.VideoUrl));
        var reports = new Reports();

        await service.RunAsync((client, cancellation) => client.GenerateAndWaitAsync(Samples.Text, EverySecond, reports, cancellation));

        Assert.Equal(
            [
                new("gen-1", GenerationStatus.Queued, TimeSpan.Zero, 0, "order-1"),
                new("gen-1", GenerationStatus.Generating, TimeSpan.FromSeconds(1), 1, "order-1"),
                new("gen-1", GenerationStatus.Completed, TimeSpan.FromSeconds(2), 2, "order-1"),
            ],
            reports);
    }

    [Fact]
    public async Task A_wait_from_an_id_reports_each_poll_and_returns_the_video()
    {
        using var service = ScriptedService.Responding(TestResponse.Generation("SUCCEEDED", url: Samples.VideoUrl));
        var reports = new Reports();

        var generation = await service.RunAsync((client, cancellation) => client.WaitAsync("gen-1", EverySecond, reports, cancellation));

        Assert.Equal(Samples.VideoUrl, generation.Video!.Uri!.OriginalString);
        var report = Assert.Single(reports);
        Assert.Equal((1, "gen-1", true), (report.Polls, report.GenerationId, report.Status.IsSucceeded));
    }

    [Fact]
    public async Task A_wait_from_an_id_looks_at_once_and_then_polls_as_from_the_start()
    {
        using var service = ScriptedService.Responding(
            TestResponse.Generation("generating"), TestResponse.Generation("generating"), TestResponse.Generation("completed", url: Samples.VideoUrl));
        var began = service.Clock.GetUtcNow();
        var polling = EverySecond with { InitialDelay = TimeSpan.FromSeconds(10) };

        await service.RunAsync((client, cancellation) => client.WaitAsync("gen-1", polling, null, cancellation));

        Assert.Equal([0, 10, 11], service.Requests.Select(request => (request.At - began).TotalSeconds));
    }

    [Fact]
    public async Task A_wait_from_an_id_of_a_complete_generation_takes_one_round_trip()
    {
        using var service = ScriptedService.Responding(TestResponse.Generation("completed", url: Samples.VideoUrl));
        var began = service.Clock.GetTimestamp();

        // Nothing advances the clock, so that a pause would never end.
        await service.Client.WaitAsync("gen-1", cancellationToken: TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

        Assert.Equal((1, TimeSpan.Zero), (service.Requests.Count, service.Clock.GetElapsedTime(began)));
    }

    [Theory]
    [InlineData("waiting")]
    [InlineData("active")]
    [InlineData("moderating-tomorrow")]
    [InlineData("")]
    public async Task An_unknown_status_is_pending(string status)
    {
        using var service = ScriptedService.Responding(
            TestResponse.Generation(status), TestResponse.Generation(status), TestResponse.Generation("completed", url: Samples.VideoUrl));

        await service.RunAsync((client, cancellation) => client.WaitAsync("gen-1", EverySecond, null, cancellation));

        Assert.Equal(3, service.Requests.Count);
    }

    [Fact]
    public async Task An_error_beside_completed_does_not_make_it_a_failure()
    {
        using var service = ScriptedService.Responding(TestResponse.Json(
            """{"id":"gen-1","status":"completed","video":{"url":"https://a.com/v.mp4"},"error":{"name":"x","message":"y"}}"""));

        var generation = await service.RunAsync((client, cancellation) => client.WaitAsync("gen-1", EverySecond, null, cancellation));

        Assert.True(generation.Status.IsSucceeded);
    }

    [Fact]
    public async Task A_completed_generation_without_a_video_is_polled_3_times_more()
    {
        using var service = ScriptedService.Responding(
            TestResponse.Generation("completed"), TestResponse.Generation("completed"), TestResponse.Generation("completed"),
            TestResponse.Generation("completed", url: Samples.VideoUrl));

        await service.RunAsync((client, cancellation) => client.WaitAsync("gen-1", EverySecond, null, cancellation));

        Assert.Equal(4, service.Requests.Count);
    }

    [Fact]
    public async Task A_completed_generation_that_never_has_a_video_is_an_error_with_its_id()
    {
        using var service = ScriptedService.Responding(TestResponse.Generation("queued"), TestResponse.Generation("completed"));

        var error = await Assert.ThrowsAsync<WanApiException>(
            () => service.RunAsync((client, cancellation) => client.GenerateAndWaitAsync(Samples.Text, EverySecond, null, cancellation)));

        Assert.Equal(5, service.Requests.Count);
        Assert.Equal(("gen-1", "order-1", GenerationStatus.Completed), (error.GenerationId, error.ClientRequestId, error.LastStatus));
    }

    [Fact]
    public async Task A_watch_yields_each_change_of_status_and_the_video_last()
    {
        using var service = ScriptedService.Responding(
            TestResponse.Generation("queued"),
            TestResponse.Generation("queued"),
            TestResponse.Generation("QUEUED"),
            TestResponse.Generation("generating"),
            TestResponse.Generation("generating"),
            TestResponse.Generation("completed"),
            TestResponse.Generation("completed"),
            TestResponse.Generation("completed", url: Samples.VideoUrl));

        var seen = await service.RunAsync(async (client, cancellation) =>
        {
            var changes = new List<string>();
            await foreach (var change in client.WatchAsync("gen-1", EverySecond, cancellation))
                changes.Add(change.Status + (change.Video is null ? "" : " with video"));
            return changes;
        });

        Assert.Equal(["queued", "generating", "completed", "completed with video"], seen);
    }

    private sealed class Reports : List<GenerationProgress>, IProgress<GenerationProgress>
    {
        public void Report(GenerationProgress value) => Add(value);
    }
}
