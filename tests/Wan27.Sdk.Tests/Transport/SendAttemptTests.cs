using System.Net;
using System.Text;
using Wan27.Sdk.Errors;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Tests.Transport;

/// <summary>How often a body is sent, and how far an attempt got.</summary>
public sealed class SendAttemptTests : IDisposable
{
    private readonly HttpRequestMessage request = new();
    private readonly List<long> reported = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => request.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_a_handler_has_read_is_sent_once_in_its_current_state(bool hasLength)
    {
        using var replaced = hasLength ? new StringContent("replaced", Encoding.UTF8, "text/plain") : (HttpContent)new StreamContent(new OneWayStream("replaced"u8.ToArray()));
        var attempt = Begin(SingleUseContent.Around(new ByteArrayContent([1]), Original()), isGuarded: true);
        request.Content = replaced;

        await attempt.EnterWireAsync(request, Cancellation);

        Assert.Equal((hasLength ? 8 : null, replaced.Headers.ContentType), (request.Content.Headers.ContentLength, request.Content.Headers.ContentType));
        Assert.Equal(SubmissionPhase.NotSent, attempt.Phase);
        var sent = new MemoryStream();
        await request.Content.CopyToAsync(sent, Cancellation);
        Assert.Equal(("replaced", SubmissionPhase.Sent), (Encoding.UTF8.GetString(sent.ToArray()), attempt.Phase));
        Assert.Equal([hasLength ? 8 : 0], reported);
        await Assert.ThrowsAsync<ReplayRefusedException>(() => request.Content.CopyToAsync(sent, Cancellation));
    }

    [Fact]
    public async Task A_body_that_a_handler_removed_is_empty()
    {
        var attempt = Begin(SingleUseContent.Empty(), isGuarded: true);
        request.Content = null;

        await attempt.EnterWireAsync(request, Cancellation);

        Assert.Equal(0, request.Content!.Headers.ContentLength);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_step_is_a_phase(bool isGuarded)
    {
        var attempt = Begin(Original(), isGuarded);
        Assert.Equal(SubmissionPhase.NotSent, attempt.Phase);

        await request.Content!.CopyToAsync(Stream.Null, Cancellation);
        Assert.Equal(isGuarded ? SubmissionPhase.NotSent : SubmissionPhase.Sent, attempt.Phase);

        attempt.Head = new ApiResponseHeaders(HttpStatusCode.OK);
        Assert.Equal(SubmissionPhase.Answered, attempt.Phase);
        Assert.Same(attempt, SendAttempt.Of(request));
        Assert.Null(SendAttempt.Of(new HttpRequestMessage()));
    }

    [Fact]
    public async Task A_body_that_is_interrupted_was_started_and_is_not_sent_again()
    {
        var attempt = Begin(SingleUseContent.Around(new StreamContent(new FailingStream()), Original()), isGuarded: false);

        await Assert.ThrowsAnyAsync<Exception>(() => request.Content!.CopyToAsync(Stream.Null, Cancellation));

        Assert.Equal((SubmissionPhase.Sent, null), (attempt.Phase, attempt.MediaFault));
        await Assert.ThrowsAsync<ReplayRefusedException>(() => request.Content!.CopyToAsync(Stream.Null, Cancellation));
    }

    [Fact]
    public async Task A_second_sending_waits_for_the_end_of_the_first_and_is_refused()
    {
        var attempt = Begin(Original(), isGuarded: true);
        await attempt.EnterWireAsync(request, Cancellation);

        var second = attempt.EnterWireAsync(request, Cancellation);

        Assert.False(second.IsCompleted);
        attempt.LeaveWire();
        await Assert.ThrowsAsync<ReplayRefusedException>(() => second);
    }

    private SendAttempt Begin(SingleUseContent content, bool isGuarded) => SendAttempt.Begin(request, content, isGuarded);

    private SingleUseContent Original() => SingleUseContent.Json(new(ReadOnlyMemory<byte>.Empty, []), reported.Add);

    private sealed class FailingStream() : OneWayStream([])
    {
        public override Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken) => throw new IOException();
    }
}
