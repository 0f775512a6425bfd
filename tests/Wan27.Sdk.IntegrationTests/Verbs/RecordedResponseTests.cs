using System.Net;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Verbs;

/// <summary>Every shape of responses that the service was seen to have, through every method of the client that reads one.</summary>
public sealed class RecordedResponseTests
{
    private const string Model = "pixverse/v5/image-to-video";

    public static TheoryData<EmulatorResponseShape, EmulatorIdFormat> Shapes => [.. from shape in Enum.GetValues<EmulatorResponseShape>()
                                                                                    from format in Enum.GetValues<EmulatorIdFormat>()
                                                                                    select (shape, format)];

    /// <summary>Of the system's clock: a read may be of a generation in any status.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(5);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static VideoRequest Request => new(Model) { Prompt = "The lamp turns.", ClientRequestId = "order-1" };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_generation_is_created_read_awaited_and_downloaded(EmulatorResponseShape shape, EmulatorIdFormat format)
    {
        using var folder = new TemporaryFolder();
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.RespondInShape(shape, format) with { QueuedFor = Moment, GeneratingFor = Moment });

        var created = await fixture.Client.CreateAsync(Request, Cancellation);
        var read = await fixture.Client.GetAsync(created.Id, Cancellation);
        var seen = new List<VideoGeneration>();
        await foreach (var change in fixture.Client.WatchAsync(created.Id, cancellationToken: Cancellation))
            seen.Add(change);
        var finished = await fixture.Client.WaitAsync(created.Id, cancellationToken: Cancellation);
        await fixture.Client.DownloadToFileAsync(finished, folder["video.mp4"], cancellationToken: Cancellation);

        var submission = Assert.Single(fixture.Ledger.Submissions);
        Assert.Equal([submission.Id, submission.Id, submission.Id], new[] { created.Id, read.Id, finished.Id });
        Assert.True(created.Status.IsPending);
        Assert.True(finished.Status.IsSucceeded);
        Assert.Equal(finished.Status, seen[^1].Status);
        Assert.Equal((0.5m, true), (finished.Cost.Usd, finished.Cost.IsFinal));
        Assert.NotNull(finished.Video?.Uri);
        Assert.True(new FileInfo(folder["video.mp4"]).Length > 1000);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task A_generation_whose_response_was_lost_is_found(EmulatorResponseShape shape, EmulatorIdFormat format)
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.RespondInShape(shape, format));
        fixture.Emulator.Faults.Add(EmulatorFault.CloseAt(0).On(EmulatorOperations.Submit));

        var created = await fixture.Client.CreateAsync(Request, Cancellation);

        Assert.Equal(Assert.Single(fixture.Ledger.Submissions).Id, created.Id);
        Assert.Equal(1, fixture.Ledger.CompleteSubmissionBodies);
    }

    [Theory]
    [InlineData("""{"name":"GenerationError","message":"no face"}""", "no face")]
    [InlineData("""{"detail":[{"loc":["body","image_url"],"msg":"no face","type":"face_detection_error","input":"https://a.example/b.png"}]}""", "no face")]
    [InlineData("""{"detail":"no face"}""", "no face")]
    [InlineData("\"no face\"", "no face")]
    [InlineData("{}", "ended with status 'error'")]
    public async Task A_failed_generation_reports_its_error(string error, string message)
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Script(new EmulatorScript { ErrorJson = error, Shape = EmulatorResponseShape.Minimal }, times: 2);

        var created = await fixture.Client.CreateAsync(Request, Cancellation);
        var failure = await Assert.ThrowsAsync<WanGenerationFailedException>(() => fixture.Client.WaitAsync(created.Id, cancellationToken: Cancellation));

        Assert.Contains(message, failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(created.Id, failure.GenerationId);
        Assert.Empty(fixture.Ledger.Charges);
    }

    [Theory]
    [InlineData("failed")]
    [InlineData("canceled")]
    [InlineData("cancelled")]
    [InlineData("ERROR")]
    public async Task Each_status_of_a_failure_ends_the_wait(string status)
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.RespondWithStatuses("queued", "processing", status));

        var created = await fixture.Client.CreateAsync(Request, Cancellation);

        await Assert.ThrowsAsync<WanGenerationFailedException>(() => fixture.Client.WaitAsync(created.Id, cancellationToken: Cancellation));
    }

    [Theory]
    [InlineData("""{"requestId":"r-1","statusCode":403,"timestamp":"2026-07-01T12:00:00.000Z","path":"/p","message":"no credits"}""", "no credits", "r-1")]
    [InlineData("""{"message":"no credits","path":"/p","requestId":"r-1","statusCode":"403","timestamp":"2026-07-01T12:00:00.000Z"}""", "no credits", "r-1")]
    [InlineData("""{"requestId":"r-1","statusCode":403,"message":["no credits","no card"]}""", "no card", "r-1")]
    [InlineData(
        """
        {"title":"Forbidden","status":403,"message":"no credits","instance":"/p","requestId":"r-1",
        "error":{"name":"ForbiddenException","message":"no credits","data":{"kind":"err_insufficent_credits"}}}
        """,
        "no credits",
        "r-1")]
    [InlineData("Body validation error\nno credits", "403", null)]
    [InlineData("<html><body>error code: 522</body></html>", "403", null)]
    [InlineData("", "403", null)]
    public async Task A_refusal_reports_what_the_service_wrote(string body, string message, string? requestId)
    {
        await using var fixture = await WanFixture.StartAsync();
        var fault = EmulatorFault.RespondWith(403, "application/json", body);
        fixture.Emulator.Faults.Add(requestId is null ? fault : fault.WithHeader("x-request-id", null));

        var refused = await Assert.ThrowsAsync<WanApiException>(() => fixture.Client.CreateAsync(Request, Cancellation));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, fixture.Ledger.CompleteSubmissionBodies);
        Assert.True(requestId is null ? refused.RequestId is { Length: 32 } : refused.RequestId == requestId);
    }
}
