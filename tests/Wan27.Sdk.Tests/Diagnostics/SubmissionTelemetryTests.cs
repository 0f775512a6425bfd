using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Wan27.Sdk.SuiteWatch;

namespace Wan27.Sdk.Tests.Diagnostics;

public class SubmissionTelemetryTests
{
    private const string Model = "gen_ai.request.model=alibaba/wan-2-7-t2v";

    private static readonly Answer NoRows = Answer.Json("""{"data":[],"pagination":{"has_more":false}}""");

    [Fact]
    public async Task An_accepted_submission_is_logged_with_both_ids()
    {
        using var told = new Listening();
        using var service = ScriptedService.Configured(told.Configure, Answer.Task("queued"));

        _ = await CreateAsync(service);

        Assert.Equal([100, 101], told.Ids(1));
        Assert.Equal("Submission order-1 is generation gen-1 (queued).", told.Entry(101).Message);
        var span = Assert.Single(told.Spans);
        Assert.Equal(("wan27.submit", ActivityKind.Internal, ActivityStatusCode.Unset), (span.OperationName, span.Kind, span.Status));
        Assert.Equal(
            $"gen_ai.provider.name=aimlapi {Model} gen_ai.response.id=gen-1 http.response.status_code=200 server.address=api.aimlapi.com server.port=443 wan27.client_request_id=order-1",
            Listening.Print(span.TagObjects));
        Assert.Equal([(service.Requests[0].Body.Length, "network.io.direction=transmit")], told.Of("wan27.network.io"));
        Assert.Empty(told.Of("wan27.generations"));
    }

    [Fact]
    public async Task The_bytes_of_a_body_are_counted_piece_by_piece()
    {
        using var told = new Listening();
        using var service = ScriptedService.Configured(told.Configure, Answer.Task("queued"));

        _ = await service.Client.CreateAsync(
            Samples.Image with { Image = MediaSource.FromBytes(Samples.PngOf(1_000_000)) }, TestContext.Current.CancellationToken);

        var pieces = told.Of("wan27.network.io").Select(piece => piece.Value).ToList();
        Assert.True(pieces.Count > 3);
        Assert.Equal(service.Requests[0].ContentLength, (long)pieces.Sum());
    }

    [Fact]
    public async Task A_refusal_is_logged_with_its_status_and_without_the_servers_message()
    {
        using var told = new Listening();
        using var service = ScriptedService.Configured(told.Configure, Answer.Json("""{"error":{"message":"some words of the server's"}}""", 403));

        _ = await Assert.ThrowsAsync<WanApiException>(() => CreateAsync(service));

        Assert.Equal([100, 102], told.Ids(1));
        Assert.Equal("Submission order-1 failed with Wan27.Sdk.WanApiException: the service responded 403.", told.Entry(102).Message);
        var span = told.Span("wan27.submit");
        Assert.Equal((ActivityStatusCode.Error, "the service responded 403."), (span.Status, span.StatusDescription));
        Assert.Equal((403, "403"), (span.GetTagItem("http.response.status_code"), span.GetTagItem("error.type")));
        Assert.Equal([(1, $"error.type=403 {Model} wan27.outcome=refused")], told.Of("wan27.generations"));
        Assert.Equal(
            $"error.type=403 gen_ai.operation.name=generate_content gen_ai.provider.name=aimlapi {Model} server.address=api.aimlapi.com server.port=443",
            told.Of("gen_ai.client.operation.duration").Single().Tags);
        Assert.DoesNotContain("some words", told.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_retry_is_logged()
    {
        using var told = new Listening();
        using var service = ScriptedService.Configured(told.Configure, Answer.Status(429), Answer.Status(429), Answer.Task("queued"));

        _ = await CreateAsync(service);

        Assert.Equal([404, 404], told.Ids(4).Where(id => id == 404));
        Assert.Equal(
            Enumerable.Repeat((1.0, "error.type=429 wan27.request=submission"), 2), told.Of("wan27.retries"));
        Assert.Equal(["wan27.retry", "wan27.retry"], told.Span("wan27.submit").Events.Select(one => one.Name));
        Assert.Equal(200, told.Span("wan27.submit").GetTagItem("http.response.status_code"));
    }

    [Fact]
    public async Task An_unclear_outcome_is_logged_and_how_it_was_found()
    {
        using var told = new Listening();
        using var service = ScriptedService.Configured(told.Configure, Answer.Status(502));
        service.Respond(request => request.Uri.AbsolutePath == "/v2/logs"
            ? Answer.Json("""{"data":[{"client_request_id":"order-1","inference_id":"gen-1"}],"pagination":{"has_more":false}}""")
            : Answer.Task("queued"));

        _ = await CreateAsync(service);

        Assert.Equal([100, 104, 105, 106, 101], told.Ids(1));
        Assert.Equal(LogLevel.Warning, told.Entry(104).Level);
        Assert.Equal([(1, "wan27.phase=Answered")], told.Of("wan27.ambiguous_submissions"));
        Assert.Equal([(1, "wan27.outcome=found")], told.Of("wan27.reconciled_submissions"));
        var search = told.Span("wan27.reconcile");
        Assert.Equal(told.Span("wan27.submit").SpanId, search.ParentSpanId);
        Assert.Equal( // words-ok: Answered
            "gen_ai.response.id=gen-1 http.response.status_code=200 wan27.client_request_id=order-1 wan27.outcome=found wan27.phase=Answered wan27.searches=1",
            Listening.Print(search.TagObjects));
    }

    [Fact]
    public async Task An_outcome_that_stays_unknown_is_an_error()
    {
        using var told = new Listening();
        using var service = ScriptedService.Configured(told.Configure, Answer.Status(502), NoRows);

        _ = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => CreateAsync(service));

        Assert.Equal([100, 104, 105, 107, 102], told.Ids(1));
        Assert.Equal(LogLevel.Error, told.Entry(107).Level);
        Assert.Equal([(1, "wan27.outcome=unknown")], told.Of("wan27.reconciled_submissions"));
        Assert.Equal([(1, $"error.type=Wan27.Sdk.WanSubmissionUnknownException {Model} wan27.outcome=unknown")], told.Of("wan27.generations"));
        Assert.All(told.Spans, span => Assert.Equal(ActivityStatusCode.Error, span.Status));
    }

    [Fact]
    public async Task A_canceled_submission_is_logged_with_whether_a_generation_may_exist()
    {
        using var told = new Listening();
        using var service = ScriptedService.Configured(told.Configure, Answer.Task("queued"));

        _ = await Assert.ThrowsAsync<WanCanceledException>(() => service.Client.CreateAsync(Samples.Text, new CancellationToken(canceled: true)));

        Assert.Equal("Submission order-1 was canceled; whether a generation may exist: False.", told.Entry(103).Message);
        Assert.Equal([(1, $"error.type=Wan27.Sdk.WanCanceledException {Model} wan27.outcome=canceled")], told.Of("wan27.generations"));
    }

    [Fact]
    public async Task A_submission_in_the_journal_is_logged_as_resumed()
    {
        using var told = new Listening();
        using var service = ScriptedService.Configured(options => Configure(options, told, new Journal()), Answer.Task("queued"));

        _ = await CreateAsync(service);
        _ = await CreateAsync(service);

        Assert.Equal([100, 101, 100, 108, 101], told.Ids(1));
        Assert.Equal("Submission order-1 is in the journal (Accepted); nothing is sent.", told.Entry(108).Message);
        Assert.Single(service.Posts);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_updated_is_logged()
    {
        using var told = new Listening();
        using var service = ScriptedService.Configured(options => Configure(options, told, new Journal { IsFull = true }), Answer.Task("queued"));

        _ = await CreateAsync(service);

        Assert.Equal("full", told.Entry(109).Exception?.Message);
    }

    private static Task<VideoGeneration> CreateAsync(ScriptedService service) =>
        service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation));

    private static void Configure(WanVideoClientOptions options, Listening told, Journal journal)
    {
        told.Configure(options);
        options.Journal = journal;
    }

    private sealed class Journal : ISubmissionJournal
    {
        private SubmissionRecord? latest;

        public bool IsFull { get; init; }

        public ValueTask<SubmissionRecord?> TryBeginAsync(SubmissionRecord intent, CancellationToken cancellationToken = default)
        {
            var known = latest;
            latest ??= intent;
            return ValueTask.FromResult(known);
        }

        public ValueTask RecordAsync(SubmissionRecord record, CancellationToken cancellationToken = default)
        {
            latest = IsFull ? throw new IOException("full") : record;
            return ValueTask.CompletedTask;
        }

        public ValueTask<IReadOnlyList<SubmissionRecord>> ReadPendingAsync(CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IReadOnlyList<SubmissionRecord>>(latest is null ? [] : [latest]);
    }
}
