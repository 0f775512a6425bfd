using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Redaction;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Download;

/// <summary>
/// The bytes of a video, resumed as often as that helps: a connection that breaks off or is idle for too long is opened again where it ended, under the file's
/// strong entity tag, and an address that has expired is replaced by a fresh one. It ends only if the file is complete; every other end is an exception.
/// </summary>
internal sealed class ResumableDownload(FileHostClient host, VideoAddress address, DownloadOptions options, DownloadTelemetry telemetry, TimeProvider time) : IDisposable
{
    /// <summary>How long a host may send nothing, before its response or between two pieces of a file.</summary>
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    private const int MaxAttemptsWithoutProgress = 5;

    /// <summary>How many reconnects may pass before <see cref="AdequateProgress"/> is made.</summary>
    private const int MaxAttemptsWithLittleProgress = 40;

    /// <summary>From how many bytes on a connection was good enough to be followed by the next without a pause.</summary>
    private const int AdequateProgress = 64 * 1024;

    private readonly IncrementalHash? hash = options.Sha256 is null ? null : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Mp4Validator container = new();
    private readonly DownloadProgressReporter meter = new(options.Progress is { } progress ? value => telemetry.Report(progress, value) : null, time);
    private TimeLimit? idle;
    private HttpResponseMessage? response;
    private Stream? source;
    private long lastEnd;
    private long lastAdequate;
    private int attemptsWithoutProgress;
    private int attempts;
    private bool acceptsRanges;
    private bool isContinued;
    private bool isFramed;
    private bool isComplete;
    private bool isDisposed;

    /// <summary>The file's strong tag or date; null if its host gives none, and then nothing can be resumed.</summary>
    public RangeConditionHeaderValue? Tag { get; private set; }

    /// <summary>Gets the size of the file in bytes; null if unknown.</summary>
    public long? Total { get; private set; }

    /// <summary>How many bytes have been read or taken in.</summary>
    public long Received { get; private set; }

    /// <summary>Starts after the bytes of an earlier download, all of which must be passed before the first read.</summary>
    public void AddEarlier(ReadOnlySpan<byte> earlier, RangeConditionHeaderValue tag)
    {
        Tag = tag;
        Account(earlier);
        meter.Skip(earlier.Length);
        lastEnd = lastAdequate = Received;
    }

    /// <summary>Gets whether any part of the file can be read: its size and version are known, and its host serves ranges. A digest needs all of it in order.</summary>
    public bool CanSeek => acceptsRanges && Tag is not null && Total is not null && hash is null;

    /// <summary>Gets whether the file was not read in order, so that it cannot be validated at its end.</summary>
    public bool HasSought { get; private set; }

    /// <summary>Continues at another position, with a new connection.</summary>
    public void Seek(long position)
    {
        if (position == Received)
            return;
        Disconnect();
        (HasSought, isComplete) = (true, position >= Total);
        Received = lastEnd = lastAdequate = position;
    }

    /// <summary>Opens the file, so that its size is known before its first byte.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        while (source is null)
        {
            try
            {
                await ConnectAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (Fault(e, cancellationToken) is { } fault)
            {
                await RecoverAsync(fault, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads more of the file; returns 0 when it is complete.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        while (!isComplete && !buffer.IsEmpty)
        {
            ThrowIfOver(cancellationToken);
            await OpenAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                var read = await UnlessIdleAsync(source!.ReadAsync(buffer, idle!.Token), cancellationToken).ConfigureAwait(false);
                if (read > 0)
                {
                    Receive(buffer.Span[..read]);
                    return read;
                }

                Finish();
            }
            catch (Exception e) when (Fault(e, cancellationToken) is { } fault)
            {
                await RecoverAsync(fault, cancellationToken).ConfigureAwait(false);
            }
        }

        return 0;
    }

    public void Dispose()
    {
        isDisposed = true;
        Disconnect();
        hash?.Dispose();
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        isContinued |= Received > 0;
        idle = new TimeLimit(Timeout.InfiniteTimeSpan, time, host.Disposed);
        var opening = host.OpenAsync(address.Current, Received, Tag, idle.Token);
        response = await UnlessIdleAsync(new ValueTask<HttpResponseMessage>(opening), cancellationToken).ConfigureAwait(false);
        var opened = FileResponse.Of(response);
        if (!opened.Continues(Received, Tag, Total))
            throw new DownloadFaultException("The file host does not continue the file.", DownloadRemedy.Restart);
        if (Received == 0)
            (Tag, Total, acceptsRanges) = (opened.Tag, null, opened.AcceptsRanges);
        Total ??= opened.Total;
        isFramed = opened.IsFramed;
        if (Total is { } total && address.FileSize is { } size && total != size)
            throw Contradiction(total);
        if (Total > options.MaxBytes)
            throw new WanDownloadException($"The video has {Total} bytes; the limit is {options.MaxBytes}.") { IsFinal = true };
        source = opened.IsEnd ? Stream.Null : await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits for one step of the connection, which the idle timeout or the caller cancels.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> UnlessIdleAsync<T>(ValueTask<T> step, CancellationToken cancellationToken)
    {
        if (step.IsCompleted)
            return await step.ConfigureAwait(false);
        var limit = idle!;
        limit.Restart(IdleTimeout);
        var canceling = cancellationToken.UnsafeRegister(static state => ((TimeLimit)state!).Cancel(), limit);
        try
        {
            return await step.ConfigureAwait(false);
        }
        finally
        {
            await canceling.DisposeAsync().ConfigureAwait(false);
            limit.Restart(Timeout.InfiniteTimeSpan);
        }
    }

    private void Receive(ReadOnlySpan<byte> bytes)
    {
        if (Received + bytes.Length > Total)
            throw new DownloadFaultException($"The file host sent more than the {Total} bytes that it announced.", DownloadRemedy.Restart);
        Account(bytes);
        meter.Received(Received, Total);
        telemetry.Received(bytes.Length);
    }

    private void Account(ReadOnlySpan<byte> bytes)
    {
        if (Received + bytes.Length > options.MaxBytes)
            throw new WanDownloadException($"The video has more than {options.MaxBytes} bytes, the limit.") { IsFinal = true };
        if (!HasSought)
            container.Feed(bytes);
        hash?.AppendData(bytes);
        Received += bytes.Length;
    }

    private void Finish()
    {
        if (Received < (Total ?? (isFramed ? null : address.FileSize)))
            throw new DownloadFaultException($"The file host sent {Received} of {Total ?? address.FileSize} bytes.", DownloadRemedy.Retry);
        try
        {
            if (!HasSought)
                container.Finish(isFramed || (Total ?? address.FileSize) is not null || hash is not null, Total is not null);
            if (address.FileSize is { } size && Received != size)
                throw Contradiction(Received);
            if (hash is not null && !Convert.ToHexString(hash.GetHashAndReset()).Equals(options.Sha256, StringComparison.OrdinalIgnoreCase))
                throw new DownloadFaultException("The video has another SHA-256 digest than the one asked for.", DownloadRemedy.None);
        }
        catch (DownloadFaultException e) when (isContinued && e.Remedy is DownloadRemedy.None)
        {
            // Joined of pieces: one of them may be of another file in spite of its tag.
            throw e.With(DownloadRemedy.Restart);
        }

        isComplete = true;
        telemetry.Arrived();
        meter.Finished(Received, Total);
    }

    private DownloadFaultException Contradiction(long bytes) =>
        new($"The file at the file host has {bytes} bytes, but the generation's file_size is {address.FileSize}.", DownloadRemedy.None);

    private DownloadFaultException? Fault(Exception e, CancellationToken cancellationToken) => e switch
    {
        DownloadFaultException fault => fault,
        OperationCanceledException =>
            new($"The file host sent nothing for {IdleTimeout.TotalSeconds} s after {Received} bytes.", DownloadRemedy.Retry, TransportFault.Sanitize(e)),
        IOException or HttpRequestException =>
            new($"The download of {Redactor.PrintAddress(address.Current)} broke off after {Received} bytes.", DownloadRemedy.Retry, TransportFault.Sanitize(e)),
        _ => null,
    };

    private async Task RecoverAsync(DownloadFaultException fault, CancellationToken cancellationToken)
    {
        Disconnect();
        ThrowIfOver(cancellationToken);
        if (fault.Remedy is DownloadRemedy.None or DownloadRemedy.Restart)
            throw fault;
        // Without a strong tag or date, what comes next may be of another file.
        if (Received > 0 && Tag is null)
            throw fault.With(DownloadRemedy.Restart);
        var delay = CountAttempt(fault);
        telemetry.Reconnecting(fault, Received);
        if (fault.Remedy is not DownloadRemedy.FreshAddress)
            await PauseAsync(delay, cancellationToken).ConfigureAwait(false);
        else if (!await address.RefreshAsync(cancellationToken).ConfigureAwait(false))
            throw fault.With(DownloadRemedy.None);
    }

    /// <summary>The pause before the next attempt: none after a good connection, and otherwise longer each time.</summary>
    private TimeSpan CountAttempt(DownloadFaultException fault)
    {
        var gained = Received - lastEnd;
        lastEnd = Received;
        attemptsWithoutProgress = gained > 0 ? 1 : attemptsWithoutProgress + 1;
        if (Received - lastAdequate >= AdequateProgress)
            (lastAdequate, attempts) = (Received, 0);
        if (attemptsWithoutProgress > MaxAttemptsWithoutProgress)
            throw fault.With(DownloadRemedy.None);
        if (attempts++ == MaxAttemptsWithLittleProgress)
            throw new DownloadFaultException($"{fault.Message} {attempts} connections brought less than {AdequateProgress} bytes.", DownloadRemedy.None, fault.InnerException);
        return fault.Delay ?? (gained >= AdequateProgress ? TimeSpan.Zero : Backoff.OfRequests.Delay(attempts - 1));
    }

    private async Task PauseAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.Disposed);
        await Task.Delay(delay, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        ThrowIfOver(cancellationToken);
    }

    private void ThrowIfOver(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (host.Disposed.IsCancellationRequested)
            throw FileHostClient.DisposedFault();
    }

    private void Disconnect()
    {
        response?.Dispose();
        idle?.Dispose();
        (response, source, idle) = (null, null, null);
    }
}
