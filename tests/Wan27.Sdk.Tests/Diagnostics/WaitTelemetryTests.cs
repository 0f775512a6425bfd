using System.Diagnostics;

namespace Wan27.Sdk.Tests.Diagnostics;

public class WaitTelemetryTests
{
    private static readonly TestResponse Done = TestResponse.Generation("completed", url: Samples.VideoUrl);

    [Fact]
    public async Task A_wait_from_a_bare_id_has_a_span_of_its_own_with_the_polls_below_it()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(telemetry.Configure, TestResponse.Generation("queued"), Done);

        _ = await service.RunAsync((client, token) => client.WaitAsync("gen-1", cancellationToken: token));

        Assert.Equal(["wan27.wait", "wan27.poll", "wan27.poll"], telemetry.Spans.Select(span => span.OperationName));
        Assert.All(telemetry.Spans.Skip(1), span => Assert.Equal(telemetry.Spans[0].SpanId, span.ParentSpanId));
        Assert.All(telemetry.Spans, span => Assert.True(span.IsStopped));
        Assert.Equal(
            "gen_ai.provider.name=aimlapi gen_ai.response.id=gen-1 server.address=api.aimlapi.com server.port=443 wan27.outcome=completed wan27.status=completed",
            TelemetryCapture.Print(telemetry.Spans[0].TagObjects));
        Assert.Equal([(1, "wan27.outcome=completed")], telemetry.Of("wan27.generations"));
        Assert.Empty(telemetry.Of("gen_ai.client.operation.duration"));
    }

    [Fact]
    public async Task A_generation_that_was_created_before_is_awaited_in_the_same_trace()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(telemetry.Configure, TestResponse.Generation("queued"), Done);

        _ = await service.RunAsync((client, token) => client.CreateAsync(Samples.Text, token));
        _ = await service.RunAsync((client, token) => client.WaitAsync("gen-1", cancellationToken: token));

        Assert.Equal(telemetry.Span("wan27.submit").SpanId, telemetry.Span("wan27.wait").ParentSpanId);
        Assert.Single(telemetry.Of("gen_ai.client.operation.duration"));
    }

    [Fact]
    public async Task A_wait_in_another_trace_of_the_caller_belongs_to_it_and_links_to_its_start()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(telemetry.Configure, TestResponse.Generation("queued"), Done);

        _ = await service.RunAsync((client, token) => client.CreateAsync(Samples.Text, token));
        using var callers = new Activity("the caller's").Start();
        _ = await service.RunAsync((client, token) => client.WaitAsync("gen-1", cancellationToken: token));

        var wait = telemetry.Span("wan27.wait");
        Assert.Equal(callers.SpanId, wait.ParentSpanId);
        Assert.Equal(telemetry.Span("wan27.submit").SpanId, Assert.Single(wait.Links).Context.SpanId);
    }

    [Fact]
    public async Task No_span_of_the_SDK_stays_current()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(telemetry.Configure, TestResponse.Generation("queued"), Done);
        using var callers = new Activity("the caller's").Start();

        var waiting = service.Client.WaitAsync("gen-1", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Same(callers, Activity.Current);
        _ = await service.RunAsync((_, _) => waiting);
        await foreach (var generation in service.Client.WatchAsync("gen-1", new PollingOptions { InitialDelay = TimeSpan.Zero }, TestContext.Current.CancellationToken))
        {
            Assert.Equal("gen-1", generation.Id);
            Assert.Same(callers, Activity.Current);
        }

        Assert.Same(callers, Activity.Current);
        Assert.All(telemetry.Spans, span => Assert.True(span.IsStopped));
    }

    [Fact]
    public async Task A_failed_poll_is_logged_and_counted_with_its_error()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(telemetry.Configure, [.. Enumerable.Repeat(TestResponse.Status(503), 4), Done]);

        _ = await service.RunAsync((client, token) => client.WaitAsync("gen-1", cancellationToken: token));

        Assert.Equal("Poll 1 of generation gen-1 failed with Wan27.Sdk.WanApiException: the service responded 503.", telemetry.Entry(203).Message);
        Assert.Equal([(1, "error.type=503"), (1, "")], telemetry.Of("wan27.polls"));
        Assert.Equal([3, 0], telemetry.Spans.Skip(1).Select(poll => poll.Events.Count()));
        Assert.Equal([503, 200], telemetry.Spans.Skip(1).Select(poll => poll.GetTagItem("http.response.status_code")));
        Assert.Equal([ActivityStatusCode.Error, ActivityStatusCode.Unset], telemetry.Spans.Skip(1).Select(poll => poll.Status));
        Assert.Equal(Enumerable.Repeat((1.0, "error.type=503 wan27.request=read"), 3), telemetry.Of("wan27.retries"));
    }

    [Fact]
    public async Task A_timed_out_wait_is_logged_and_its_generation_is_counted_when_it_ends()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(telemetry.Configure, TestResponse.Generation("queued"));
        var polling = new PollingOptions { Timeout = TimeSpan.FromSeconds(30) };

        _ = await Assert.ThrowsAsync<WanWaitTimeoutException>(() => service.RunAsync((client, token) => client.WaitAsync("gen-1", polling, cancellationToken: token)));
        service.Respond(_ => Done);
        _ = await service.RunAsync((client, token) => client.WaitAsync("gen-1", polling, cancellationToken: token));

        Assert.StartsWith("Generation gen-1 is no longer waited for, after ", telemetry.Entry(206).Message, StringComparison.Ordinal);
        Assert.Equal(
            [(1, "error.type=Wan27.Sdk.WanWaitTimeoutException wan27.outcome=timed_out"), (1, "wan27.outcome=completed")], telemetry.Of("wan27.generations"));
        Assert.Equal(ActivityStatusCode.Error, telemetry.Spans.First(span => span.OperationName == "wan27.wait").Status);
    }

    [Fact]
    public async Task A_canceled_wait_is_logged()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(telemetry.Configure, TestResponse.Generation("queued"));
        using var canceler = new CancellationTokenSource(TimeSpan.FromSeconds(15), service.Clock);

        _ = await Assert.ThrowsAsync<WanCanceledException>(() => service.RunAsync((client, _) => client.WaitAsync("gen-1", cancellationToken: canceler.Token)));

        Assert.StartsWith("Waiting for generation gen-1 was canceled after ", telemetry.Entry(207).Message, StringComparison.Ordinal);
        Assert.Equal([(1, "error.type=Wan27.Sdk.WanCanceledException wan27.outcome=canceled")], telemetry.Of("wan27.generations"));
    }

    [Fact]
    public async Task An_abandoned_watch_ends_its_span()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(telemetry.Configure, TestResponse.Generation("queued"));

        _ = await service.RunAsync(async (client, token) =>
        {
            await foreach (var generation in client.WatchAsync("gen-1", cancellationToken: token))
                return generation;
            return null!;
        });

        Assert.Equal("left", telemetry.Span("wan27.wait").GetTagItem("wan27.outcome"));
        Assert.All(telemetry.Spans, span => Assert.True(span.IsStopped));
        Assert.Empty(telemetry.Of("wan27.generations"));
    }
}
