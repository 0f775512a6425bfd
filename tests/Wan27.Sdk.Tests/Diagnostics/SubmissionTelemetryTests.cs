using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Wan27.Sdk.Tests.Diagnostics;

public class SubmissionTelemetryTests
{
    private const string Model = "gen_ai.request.model=alibaba/wan-2-7-t2v";

    private static readonly TestResponse NoRows = TestResponse.Json("""{"data":[],"pagination":{"has_more":false}}""");

    [Fact]
    public async Task An_accepted_submission_is_logged_with_both_ids()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(telemetry.Configure, TestResponse.Generation("queued"));

        _ = await CreateAsync(service);

        Assert.Equal([100, 101], telemetry.Ids(1));
        Assert.Equal("Submission order-1 is generation gen-1 (queued).", telemetry.Entry(101).Message);
        var span = Assert.Single(telemetry.Spans);
        Assert.Equal(("wan27.submit", ActivityKind.Internal, ActivityStatusCode.Unset), (span.OperationName, span.Kind, span.Status));
        Assert.Equal(
            $"gen_ai.provider.name=aimlapi {Model} gen_ai.response.id=gen-1 http.response.status_code=200 server.address=api.aimlapi.com server.port=443 wan27.client_request_id=order-1",
            TelemetryCapture.Print(span.TagObjects));
        Assert.Equal([(service.Requests[0].Body.Length, "network.io.direction=transmit")], telemetry.Of("wan27.network.io"));
        Assert.Empty(telemetry.Of("wan27.generations"));
    }

    [Fact]
    public async Task The_bytes_of_a_body_are_counted_piece_by_piece()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(telemetry.Configure, TestResponse.Generation("queued"));

        _ = await service.Client.CreateAsync(
            Samples.Image with { Image = MediaSource.FromBytes(Samples.PngOf(1_000_000)) }, TestContext.Current.CancellationToken);

        var pieces = telemetry.Of("wan27.network.io").Select(piece => piece.Value).ToList();
        Assert.True(pieces.Count > 3);
        Assert.Equal(service.Requests[0].ContentLength, (long)pieces.Sum());
    }

    [Fact]
    public async Task A_refusal_is_logged_with_its_status_and_without_the_servers_message()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(
            telemetry.Configure, TestResponse.Json("""{"error":{"message":"some words of the server's"}}""", 403));

        _ = await Assert.ThrowsAsync<WanApiException>(() => CreateAsync(service));

        Assert.Equal([100, 102], telemetry.Ids(1));
        Assert.Equal("Submission order-1 failed with Wan27.Sdk.WanApiException: the service responded 403.", telemetry.Entry(102).Message);
        var span = telemetry.Span("wan27.submit");
        Assert.Equal((ActivityStatusCode.Error, "the service responded 403."), (span.Status, span.StatusDescription));
        Assert.Equal((403, "403"), (span.GetTagItem("http.response.status_code"), span.GetTagItem("error.type")));
        Assert.Equal([(1, $"error.type=403 {Model} wan27.outcome=refused")], telemetry.Of("wan27.generations"));
        Assert.Equal(
            $"error.type=403 gen_ai.operation.name=generate_content gen_ai.provider.name=aimlapi {Model} server.address=api.aimlapi.com server.port=443",
            telemetry.Of("gen_ai.client.operation.duration").Single().Tags);
        Assert.DoesNotContain("some words", telemetry.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_retry_is_logged()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(
            telemetry.Configure, TestResponse.Status(429), TestResponse.Status(429), TestResponse.Generation("queued"));

        _ = await CreateAsync(service);

        Assert.Equal([404, 404], telemetry.Ids(4).Where(id => id == 404));
        Assert.Equal(
            Enumerable.Repeat((1.0, "error.type=429 wan27.request=submission"), 2), telemetry.Of("wan27.retries"));
        Assert.Equal(["wan27.retry", "wan27.retry"], telemetry.Span("wan27.submit").Events.Select(one => one.Name));
        Assert.Equal(200, telemetry.Span("wan27.submit").GetTagItem("http.response.status_code"));
    }

    [Fact]
    public async Task An_unclear_outcome_is_logged_and_how_it_was_found()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(telemetry.Configure, TestResponse.Status(502));
        service.Respond(request => request.Uri.AbsolutePath == "/v2/logs"
            ? TestResponse.Json("""{"data":[{"client_request_id":"order-1","inference_id":"gen-1"}],"pagination":{"has_more":false}}""")
            : TestResponse.Generation("queued"));

        _ = await CreateAsync(service);

        Assert.Equal([100, 104, 105, 106, 101], telemetry.Ids(1));
        Assert.Equal(LogLevel.Warning, telemetry.Entry(104).Level);
        Assert.Equal([(1, "wan27.phase=Answered")], telemetry.Of("wan27.ambiguous_submissions"));
        Assert.Equal([(1, "wan27.outcome=found")], telemetry.Of("wan27.reconciled_submissions"));
        var search = telemetry.Span("wan27.reconcile");
        Assert.Equal(telemetry.Span("wan27.submit").SpanId, search.ParentSpanId);
        Assert.Equal( // words-ok: Answered
            "gen_ai.response.id=gen-1 http.response.status_code=200 wan27.client_request_id=order-1 wan27.outcome=found wan27.phase=Answered wan27.searches=1",
            TelemetryCapture.Print(search.TagObjects));
    }

    [Fact]
    public async Task An_outcome_that_stays_unknown_is_an_error()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(telemetry.Configure, TestResponse.Status(502), NoRows);

        _ = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => CreateAsync(service));

        Assert.Equal([100, 104, 105, 107, 102], telemetry.Ids(1));
        Assert.Equal(LogLevel.Error, telemetry.Entry(107).Level);
        Assert.Equal([(1, "wan27.outcome=unknown")], telemetry.Of("wan27.reconciled_submissions"));
        Assert.Equal([(1, $"error.type=Wan27.Sdk.WanSubmissionUnknownException {Model} wan27.outcome=unknown")], telemetry.Of("wan27.generations"));
        Assert.All(telemetry.Spans, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
    }

    [Fact]
    public async Task A_canceled_submission_is_logged_with_whether_a_generation_may_exist()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(telemetry.Configure, TestResponse.Generation("queued"));

        _ = await Assert.ThrowsAsync<WanCanceledException>(() => service.Client.CreateAsync(Samples.Text, new CancellationToken(canceled: true)));

        Assert.Equal("Submission order-1 was canceled; whether a generation may exist: False.", telemetry.Entry(103).Message);
        Assert.Equal([(1, $"error.type=Wan27.Sdk.WanCanceledException {Model} wan27.outcome=canceled")], telemetry.Of("wan27.generations"));
    }

    [Fact]
    public async Task A_submission_in_the_journal_is_logged_as_resumed()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(options => Configure(options, telemetry, new MemoryJournal()), TestResponse.Generation("queued"));

        _ = await CreateAsync(service);
        _ = await CreateAsync(service);

        Assert.Equal([100, 101, 100, 108, 101], telemetry.Ids(1));
        Assert.Equal("Submission order-1 is in the journal (Accepted); nothing is sent.", telemetry.Entry(108).Message);
        Assert.Single(service.Posts);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_updated_is_logged()
    {
        using var telemetry = new TelemetryCapture();
        using var service = ScriptedService.Configured(
            options => Configure(options, telemetry, new MemoryJournal { Update = () => throw new IOException("full") }), TestResponse.Generation("queued"));

        _ = await CreateAsync(service);

        Assert.Equal("full", telemetry.Entry(109).Exception?.Message);
    }

    private static Task<VideoGeneration> CreateAsync(ScriptedService service) =>
        service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation));

    private static void Configure(WanVideoClientOptions options, TelemetryCapture telemetry, MemoryJournal journal)
    {
        telemetry.Configure(options);
        options.Journal = journal;
    }
}
