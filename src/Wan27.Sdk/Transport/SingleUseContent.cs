using System.Net;
using System.Net.Http.Headers;
using Wan27.Sdk.Requests;

namespace Wan27.Sdk.Transport;

/// <summary>
/// A body that is sent at most once. It knows whether that has started and ended, and refuses a second time: retries of handlers and of the transport
/// itself (HTTP/2 REFUSED_STREAM, a broken connection, 307) all come through here. Once sealed, nothing more of it is sent.
/// </summary>
internal sealed class SingleUseContent : HttpContent
{
    private const int Fresh = 0;
    private const int Started = 1;
    private const int Withdrawn = 2;

    private readonly long length;
    private readonly Func<Stream, Action<long>, CancellationToken, Task> writeAsync;
    private readonly Action<long> onProgress;
    private int state;
    private volatile bool isSealed;

    private SingleUseContent(long length, Func<Stream, Action<long>, CancellationToken, Task> writeAsync, Action<long> onProgress)
    {
        this.length = length;
        this.writeAsync = writeAsync;
        this.onProgress = onProgress;
    }

    public bool Began => Volatile.Read(ref state) == Started;

    public bool Completed { get; private set; }

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

    /// <summary>Lets nothing more be sent. Whether sending has started does not change afterwards.</summary>
    public void Seal()
    {
        isSealed = true;
        Interlocked.CompareExchange(ref state, Withdrawn, Fresh);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref state, Started, Fresh) != Fresh)
            throw new ReplayRefusedException();
        try
        {
            await writeAsync(stream, OnWritten, cancellationToken).ConfigureAwait(false);
            Completed = true;
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

    private void OnWritten(long bytes)
    {
        if (isSealed)
            throw new ReplayRefusedException();
        onProgress(bytes);
    }
}
