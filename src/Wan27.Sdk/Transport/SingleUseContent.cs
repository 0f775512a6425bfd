using System.Net;
using System.Net.Http.Headers;
using Wan27.Sdk.Requests;

namespace Wan27.Sdk.Transport;

/// <summary>
/// A body that goes out at most once. It knows whether that has begun and ended, and refuses a second time: retries of handlers and of the
/// transport itself (HTTP/2 REFUSED_STREAM, a connection that died, 307) all come through here.
/// </summary>
internal sealed class SingleUseContent : HttpContent
{
    private readonly long length;
    private readonly Func<Stream, Action<long>, CancellationToken, Task> writeAsync;
    private readonly Action<long> onProgress;
    private int began;

    private SingleUseContent(long length, Func<Stream, Action<long>, CancellationToken, Task> writeAsync, Action<long> onProgress)
    {
        this.length = length;
        this.writeAsync = writeAsync;
        this.onProgress = onProgress;
    }

    public bool Began => Volatile.Read(ref began) != 0;

    public bool Completed { get; private set; }

    public WanMediaException? MediaFault { get; private set; }

    /// <param name="body">What is sent.</param>
    /// <param name="onProgress">Told after each piece how many bytes have been sent.</param>
    public static SingleUseContent Json(RequestBody body, Action<long> onProgress)
    {
        var content = new SingleUseContent(body.Length, body.WriteToAsync, onProgress);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    /// <summary>A body without a byte, which makes the transport's own re-sending of a read visible and refusable.</summary>
    public static SingleUseContent Empty() => new(0, (_, _, _) => Task.CompletedTask, _ => { });

    /// <summary>The guard around a body that is not ours or has been read by a handler.</summary>
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

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref began, 1) != 0)
            throw new ReplayRefusedException();
        try
        {
            await writeAsync(stream, onProgress, cancellationToken).ConfigureAwait(false);
            Completed = true;
        }
        catch (WanMediaException e)
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
}
