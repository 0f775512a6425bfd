using System.Net;
using System.Net.Http.Headers;
using Wan27.Sdk.Requests;

namespace Wan27.Sdk.Transport;

/// <summary>
/// A body that is sent at most once. It knows whether its end was handed over, and refuses a second time: retries of handlers and of the transport
/// itself (HTTP/2 REFUSED_STREAM, a broken connection, 307) all come through here. Once sealed, nothing more of it is sent.
/// </summary>
internal sealed class SingleUseContent : HttpContent
{
    private const int Fresh = 0;
    private const int Started = 1;
    private const int HandedOver = 2;
    private const int Withdrawn = 3;

    private readonly long length;
    private readonly Func<Stream, Action<long>, CancellationToken, Task> writeAsync;
    private readonly Action<long> onProgress;
    private int state;

    private SingleUseContent(long length, Func<Stream, Action<long>, CancellationToken, Task> writeAsync, Action<long> onProgress)
    {
        this.length = length;
        this.writeAsync = writeAsync;
        this.onProgress = onProgress;
    }

    /// <summary>Gets a value indicating whether any of the body was handed to the transport or to a handler.</summary>
    public bool HasStarted => Volatile.Read(ref state) is Started or HandedOver;

    /// <summary>Gets a value indicating whether the end of the body was handed over: without it, the service cannot accept the request.</summary>
    public bool IsHandedOver => Volatile.Read(ref state) == HandedOver;

    /// <summary>Gets or sets a value indicating whether the transport is next, and no handler that could take a broken copy for the body.</summary>
    public bool IsOnWire { get; set; }

    public WanValidationException? MediaFault { get; private set; }

    /// <param name="body">What is sent.</param>
    /// <param name="onProgress">Called after each piece with the number of bytes sent so far.</param>
    public static SingleUseContent Json(RequestBody body, Action<long> onProgress)
    {
        var content = new SingleUseContent(body.Length, body.WriteToAsync, onProgress);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>Creates an empty body, which makes the transport's own retry of a read visible and refusable.</summary>
    public static SingleUseContent Empty() => new(0, (_, _, _) => Task.CompletedTask, _ => { });

    /// <summary>Guards a body that was replaced or read by a handler.</summary>
    public static SingleUseContent Around(HttpContent? inner, SingleUseContent original)
    {
        if (inner is null)
            return new SingleUseContent(0, (_, _, _) => Task.CompletedTask, original.onProgress);
        var content = new SingleUseContent(
            inner.Headers.ContentLength ?? -1,
            async (stream, written, cancellationToken) =>
            {
                await inner.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
                written(inner.Headers.ContentLength ?? 0);
            },
            original.onProgress);
        foreach (var header in inner.Headers.NonValidated)
            content.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return content;
    }

    /// <summary>Lets nothing more be sent. Whether the end was handed over does not change afterwards.</summary>
    public void Seal()
    {
        if (Interlocked.CompareExchange(ref state, Withdrawn, Fresh) == Started)
            Interlocked.CompareExchange(ref state, Withdrawn, Started);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref state, Started, Fresh) != Fresh)
            throw new ReplayRefusedException();
        try
        {
            if (length <= 0)
                HandOverEnd();
            await writeAsync(new BodyStream(stream, length, IsOnWire, HandOverEnd), OnWritten, cancellationToken).ConfigureAwait(false);
        }
        catch (WanValidationException e)
        {
            MediaFault = e;
            throw;
        }
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = length;
        return length >= 0;
    }

    private void HandOverEnd()
    {
        if (Interlocked.CompareExchange(ref state, HandedOver, Started) == Withdrawn)
            throw new ReplayRefusedException();
    }

    private void OnWritten(long bytes)
    {
        if (Volatile.Read(ref state) == Withdrawn)
            throw new ReplayRefusedException();
        onProgress(bytes);
    }
}
