using System.Diagnostics;

namespace Wan27.Sdk.Tests.Diagnostics;

public class GenerationTelemetryTests
{
    private const string Model = "gen_ai.request.model=alibaba/wan-2-7-t2v";
    private const string Service = $"gen_ai.provider.name=aimlapi {Model} server.address=api.aimlapi.com server.port=443";

    private static readonly TestResponse Done = TestResponse.Json(
        $$"""{"id":"gen-1","status":"completed","video":{"url":"{{Samples.VideoUrl}}"},"meta":{"usage":{"usd_spent":0.525} } }""");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_generation_is_one_span_with_its_submission_and_its_polls_as_children()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(
            telemetry.Configure, TestResponse.Generation("queued"), TestResponse.Generation("generating"), Done);

        _ = await GenerateAsync(service);

        Assert.Equal(["generate_content alibaba/wan-2-7-t2v", "wan27.submit", "wan27.poll", "wan27.poll"], telemetry.Spans.Select(span => span.OperationName));
        var root = telemetry.Spans[0];
        Assert.Equal((ActivityKind.Client, ActivityStatusCode.Unset), (root.Kind, root.Status));
        Assert.All(telemetry.Spans.Skip(1), span => Assert.Equal((root.TraceId, root.SpanId), (span.TraceId, span.ParentSpanId)));
        Assert.All(telemetry.Spans, span => Assert.True(span.IsStopped));
        Assert.Equal(
            $"gen_ai.operation.name=generate_content gen_ai.output.type=video gen_ai.provider.name=aimlapi {Model} gen_ai.response.id=gen-1 "
                + "server.address=api.aimlapi.com server.port=443 wan27.client_request_id=order-1 wan27.cost=0.525 wan27.status=completed",
            TelemetryCapture.Print(root.TagObjects));
        Assert.Equal("gen_ai.response.id=gen-1 http.response.status_code=200 wan27.poll=2 wan27.status=completed", TelemetryCapture.Print(telemetry.Spans[3].TagObjects));
    }

    [Fact]
    public async Task A_generation_is_counted_once_with_its_duration_its_polls_and_its_dollars()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(
            telemetry.Configure, TestResponse.Generation("queued"), TestResponse.Generation("generating"), Done);

        var generation = await GenerateAsync(service);
        _ = await service.RunAsync((client, token) => client.WaitAsync("gen-1", cancellationToken: token));
        _ = await service.Client.GetCostAsync(generation, Cancellation);

        Assert.Equal([(1, $"{Model} wan27.outcome=completed")], telemetry.Of("wan27.generations"));
        Assert.Equal([(0.525, Model)], telemetry.Of("wan27.cost"));
        Assert.Equal([(1, ""), (1, ""), (1, "")], telemetry.Of("wan27.polls"));
        var (seconds, tags) = telemetry.Of("gen_ai.client.operation.duration").Single();
        Assert.InRange(seconds, 12.8, 19.3);
        Assert.Equal($"gen_ai.operation.name=generate_content {Service}", tags);
    }

    [Fact]
    public async Task A_cost_that_the_log_reports_later_is_counted_then()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(
            telemetry.Configure, TestResponse.Generation("queued"), TestResponse.Generation("completed", url: Samples.VideoUrl));

        var generation = await GenerateAsync(service);
        Assert.Empty(telemetry.Of("wan27.cost"));
        service.Respond(request => request.Uri.AbsolutePath == "/v2/logs"
            ? TestResponse.Json("""{"data":[{"inference_id":"gen-1","cost":{"usd":0.525} }],"pagination":{"has_more":false}}""")
            : TestResponse.Generation("completed", url: Samples.VideoUrl));
        for (var i = 0; i < 2; i++)
            _ = await service.RunAsync((client, token) => client.GetCostAsync(generation, token));

        Assert.Equal([(0.525, Model)], telemetry.Of("wan27.cost"));
    }

    [Fact]
    public async Task Events_are_logged_in_order()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(telemetry.Configure, TestResponse.Generation("queued"), TestResponse.Generation("generating"), TestResponse.Generation("generating"), Done);

        _ = await GenerateAsync(service);

        Assert.Equal([100, 101, 200, 201, 202, 201, 201, 202, 204], telemetry.Ids(1, 2));
        Assert.Equal(["Generation gen-1 is generating.", "Generation gen-1 is completed."], telemetry.Entries.Where(entry => entry.Id.Id == 202).Select(entry => entry.Message));
        Assert.Equal("Poll 2 of generation gen-1: generating.", telemetry.Entries.Where(entry => entry.Id.Id == 201).ElementAt(1).Message);
        Assert.Contains("has its video after 3 polls in", telemetry.Entry(204).Message, StringComparison.Ordinal);
        Assert.EndsWith("it cost 0.525 USD.", telemetry.Entry(204).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_generation_fails_its_span_without_the_servers_message()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(
            telemetry.Configure, TestResponse.Generation("queued"), TestResponse.Json("""{"id":"gen-1","status":"error","error":{"message":"the lighthouse is on fire"}}"""));

        _ = await Assert.ThrowsAsync<WanGenerationFailedException>(() => GenerateAsync(service));

        Assert.Equal("Generation gen-1 failed: its status is error.", telemetry.Entry(205).Message);
        var root = telemetry.Spans[0];
        Assert.Equal((ActivityStatusCode.Error, "the status is error."), (root.Status, root.StatusDescription));
        Assert.Equal(("gen-1", "order-1"), (root.GetTagItem("gen_ai.response.id"), root.GetTagItem("wan27.client_request_id")));
        Assert.Equal([(1, $"error.type=Wan27.Sdk.WanGenerationFailedException {Model} wan27.outcome=failed")], telemetry.Of("wan27.generations"));
        Assert.Empty(telemetry.Of("wan27.cost"));
        Assert.DoesNotContain("on fire", telemetry.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reason_of_a_failure_does_not_repeat_the_prompt()
    {
        using var service = ScriptedService.Responding(TestResponse.Generation("queued"), TestResponse.Json("""{"id":"gen-1","status":"error","error":{"message":"refused: 'a fox on the moon'"}}"""));
        var request = new TextToVideoRequest { Prompt = "a fox on the moon" };

        var error = await Assert.ThrowsAsync<WanGenerationFailedException>(
            () => service.RunAsync((client, token) => client.GenerateAndWaitAsync(request, cancellationToken: token)));

        Assert.Contains("refused: '***'", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("moon", error.ToString(), StringComparison.Ordinal);
    }

    private static Task<VideoGeneration> GenerateAsync(ScriptedService service) =>
        service.RunAsync((client, token) => client.GenerateAndWaitAsync(Samples.Text, cancellationToken: token));
}
