using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;

namespace Wan27.Sdk.Download;

/// <summary>
/// The bytes of a video from a source that mends itself: a connection that breaks off or falls silent is opened again where it ended, under the file's strong
/// entity tag, and an address that has expired is replaced by a fresh one. It ends only where the file is whole; every other end is an exception.
/// </summary>
internal sealed class VideoFeed(
    FileHost host, Uri address, Func<CancellationToken, Task<Uri>> refreshAsync, DownloadOptions options, TimeProvider time) : IDisposable
{
    private const int MaxAttemptsWithoutProgress = 5;
    private const int MaxFreshAddresses = 2;

    /// <summary>The longest silence of a host, before its answer or between two pieces of a file.</summary>
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(30);

    private readonly IncrementalHash? hash = options.Sha256 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ContainerCheck container = new();
    private readonly DownloadMeter meter = new(options.Progress, time);
    private HttpResponseMessage? response;
    private Stream? source;
    private CancellationTokenSource? silence;
    private int fruitless;
    private int freshAddresses;
    private bool isWhole;

    /// <summary>The file's strong tag; null when its host gives none, and then nothing can be resumed.</summary>
    public EntityTagHeaderValue? Tag { get; private set; }

    /// <summary>The file's size in bytes; null when its host does not tell.</summary>
    public long? Total { get; private set; }

    /// <summary>How many bytes have been read or taken in.</summary>
    public long Received { get; private set; }

    /// <summary>Begins behind bytes that an earlier download has left, all of which must be told before the first read.</summary>
    public void TakeIn(ReadOnlySpan<byte> earlier, EntityTagHeaderValue tag)
    {
        Tag = tag;
        Account(earlier);
        meter.Skip(earlier.Length);
    }

    /// <summary>Opens the file, so that its tag and size are known before its first byte.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        while (source is null && !isWhole)
            await TryAsync(ConnectAsync, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Some more of the file; 0 when it is whole.</summary>
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (!isWhole && !buffer.IsEmpty)
        {
            await OpenAsync(cancellationToken).ConfigureAwait(false);
            var read = isWhole ? 0 : await TryAsync(token => ReceiveAsync(buffer, token), cancellationToken).ConfigureAwait(false);
            if (read > 0)
                return read;
        }

        return 0;
    }

    public void Dispose()
    {
        Disconnect();
        hash?.Dispose();
    }

    /// <summary>One step, after whose failure what may help is done; it is then for the caller to take the step again.</summary>
    private async Task<int> TryAsync(Func<CancellationToken, Task<int>> step, CancellationToken cancellationToken)
    {
        silence ??= new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        silence.CancelAfter(MaxSilence);
        using var cancelling = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), silence);
        try
        {
            var result = await step(silence.Token).ConfigureAwait(false);
            silence.CancelAfter(Timeout.InfiniteTimeSpan);
            return result;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && Fault(e) is { } fault)
        {
            Disconnect();
            await MendAsync(fault, cancellationToken).ConfigureAwait(false);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    private async Task<int> ConnectAsync(CancellationToken cancellationToken)
    {
        response = await host.OpenAsync(address, Received, Tag, cancellationToken).ConfigureAwait(false);
        var range = response.Content.Headers.ContentRange;
        if (response.StatusCode is HttpStatusCode.RequestedRangeNotSatisfiable && range?.Length == Received)
        {
            (Total, source) = (Received, Stream.Null);
            return 0;
        }

        var begins = response.StatusCode is HttpStatusCode.PartialContent ? range?.From : 0;
        var tag = response.Headers.ETag is { IsWeak: false } strong ? strong : null;
        if (begins != Received || (Received > 0 && !Equals(tag, Tag)))
            throw new DownloadFaultException("The video's host does not continue the file that was begun.", DownloadRemedy.Restart);
        Tag = tag;
        Total = response.StatusCode is HttpStatusCode.PartialContent ? range?.Length : response.Content.Headers.ContentLength;
        if (Total > options.MaxBytes)
            throw new WanDownloadException($"The video has {Total} bytes; the limit is {options.MaxBytes}.");
        if (response.Content.Headers.ContentEncoding.Count > 0)
            throw new DownloadFaultException("The video's host sent the file compressed, which was not asked for.", DownloadRemedy.None);
        source = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return 0;
    }

    private async Task<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await source!.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        if (read == 0)
        {
            Finish();
            return 0;
        }

        if (Received + read > options.MaxBytes)
            throw new WanDownloadException($"The video has more than {options.MaxBytes} bytes, the limit.");
        Account(buffer.Span[..read]);
        meter.Received(Received, Total);
        fruitless = 0;
        return read;
    }

    private void Account(ReadOnlySpan<byte> bytes)
    {
        container.Feed(bytes);
        hash?.AppendData(bytes);
        Received += bytes.Length;
    }

    private void Finish()
    {
        if (Received < Total)
            throw new DownloadFaultException($"The video's host sent {Received} of {Total} bytes.", DownloadRemedy.Retry);
        container.Finish();
        if (hash is not null && !Convert.ToHexString(hash.GetHashAndReset()).Equals(options.Sha256, StringComparison.OrdinalIgnoreCase))
            throw new DownloadFaultException("The video has another SHA-256 digest than the one asked for.", DownloadRemedy.None);
        isWhole = true;
        meter.Finished(Received, Total);
    }

    private DownloadFaultException? Fault(Exception e) => e switch
    {
        DownloadFaultException fault => fault,
        OperationCanceledException => new($"The video's host was silent for {MaxSilence.TotalSeconds} s after {Received} bytes.", DownloadRemedy.Retry, e),
        IOException or HttpRequestException => new($"The download of {FileHost.Print(address)} broke off after {Received} bytes.", DownloadRemedy.Retry, e),
        _ => null,
    };

    private async Task MendAsync(DownloadFaultException fault, CancellationToken cancellationToken)
    {
        if (fault.Remedy is DownloadRemedy.None or DownloadRemedy.Restart)
            throw fault;
        // Without a strong tag, what comes next may be of another file.
        if (Received > 0 && Tag is null)
            throw fault.With(DownloadRemedy.Restart);
        if (++fruitless > MaxAttemptsWithoutProgress)
            throw fault.With(DownloadRemedy.None);
        if (fault.Remedy is DownloadRemedy.FreshAddress)
        {
            if (++freshAddresses > MaxFreshAddresses)
                throw fault.With(DownloadRemedy.None);
            address = await refreshAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await Task.Delay(fault.Delay ?? Backoff(), time, cancellationToken).ConfigureAwait(false);
        }
    }

    // At once after some progress, then ever more slowly.
    private TimeSpan Backoff() => fruitless <= 1 ? TimeSpan.Zero : DownloadFaultException.Backoff(fruitless - 2);

    private void Disconnect()
    {
        response?.Dispose();
        silence?.Dispose();
        (response, source, silence) = (null, null, null);
    }
}
