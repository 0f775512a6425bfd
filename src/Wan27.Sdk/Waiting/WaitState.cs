using System.Net;
using System.Runtime.ExceptionServices;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Redaction;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Waiting;

/// <summary>The state of one wait: when to poll next, when it must end, what was read last, and what failed last.</summary>
internal sealed class WaitState(
    VideoGeneration accepted, PollingOptions options, Redactor redactor, ApiReader reader, WaitTelemetry telemetry, ExpectedDurations durations, TimeProvider time, Random random) : IDisposable
{
    /// <summary>How often a complete generation without a video is read again.</summary>
    private const int MaxReadsWithoutVideo = 3;

    private readonly string id = accepted.Id;
    private readonly string? clientRequestId = accepted.ClientRequestId;
    private readonly Deadline deadline = new(options.Timeout, time);
    private PollSchedule schedule = new(options, random);
    private GenerationStatus status = accepted.Status;
    private WanException? lastFault;
    private int polls;
    private int failures;
    private int readsWithoutVideo;
    private ExpectedDuration? expected;
    private TimeSpan hint;

    /// <summary>Gets a value indicating whether the generation has its video.</summary>
    public bool IsOver { get; private set; }

    public GenerationProgress Progress => new(id, status, deadline.Elapsed, polls, clientRequestId) { ExpectedTimeLeft = expected?.LeftAfter(deadline.Elapsed) };

    // Of a generation that is known by its id only, which may be complete.
    private bool IsFirstLook => polls == 0 && accepted.Status == GenerationStatus.Unknown;

    /// <summary>Finds out what the generation is expected to take.</summary>
    /// <returns>Whether that is known.</returns>
    /// <exception cref="WanCanceledException">The token was canceled.</exception>
    public async ValueTask<bool> ExpectAsync(CancellationToken cancellationToken)
    {
        if (!options.IsPacedByDuration)
            return false;
        try
        {
            expected = await durations.ObserveAsync(id, cancellationToken).ConfigureAwait(false);
            return expected?.LeftAfter(deadline.Elapsed) is not null;
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw Canceled(e, cancellationToken);
        }
    }

    /// <summary>
    /// Waits until the next poll, but not beyond the end of the wait, so that the last poll is at the deadline; and reads the generation.
    /// </summary>
    /// <returns>The generation; null if reading it failed with an error that may be temporary.</returns>
    /// <exception cref="WanWaitTimeoutException">The wait timed out.</exception>
    /// <exception cref="WanException">The generation cannot be read, or too many reads failed.</exception>
    /// <exception cref="WanCanceledException">The token was canceled.</exception>
    public async ValueTask<VideoGeneration?> PollAsync(CancellationToken cancellationToken)
    {
        if (deadline.Left <= TimeSpan.Zero)
            throw Report(new WanWaitTimeoutException(id, status, options.Timeout, lastFault) { ClientRequestId = clientRequestId });
        try
        {
            await deadline.PauseAsync(NextPause(), TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            telemetry.Polling(id, ++polls);
            using var end = deadline.Limit(TimeSpan.Zero, cancellationToken);
            return await reader.ReadGenerationAsync(id, redactor, end.Token, Hinted).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw Canceled(e, cancellationToken);
        }
        catch (OperationCanceledException e)
        {
            Tolerate(Deadline.Missed(e));
        }
        catch (WanException e)
        {
            Tolerate(e);
        }

        return null;
    }

    /// <summary>Takes over what was read.</summary>
    /// <exception cref="WanGenerationFailedException">The generation failed.</exception>
    /// <exception cref="WanApiException">The generation is complete, and too many reads found no video.</exception>
    public VideoGeneration Note(VideoGeneration read)
    {
        var generation = clientRequestId is null ? read : read with { ClientRequestId = clientRequestId };
        telemetry.Polled(id, polls, generation.Status, isNew: polls == 1 || status != generation.Status);
        (status, lastFault, failures) = (generation.Status, null, 0);
        if (status.IsFailed)
            throw Report(new WanGenerationFailedException(generation));
        IsOver = generation.HasVideo;
        if (status.IsPending)
            expected?.Pending(deadline.Elapsed);
        if (IsOver)
        {
            expected?.Completed(deadline.Elapsed);
            telemetry.Completed(id, polls, deadline.Elapsed, generation);
        }
        else if (status.IsSucceeded && ++readsWithoutVideo > MaxReadsWithoutVideo)
            throw About(new WanApiException("The generation is complete, but the service gives no address of its video.", HttpStatusCode.OK) { IsUnreadable = true });
        return generation;
    }

    public void Dispose() => telemetry.End();

    // The service may ask for a longer pause than the client would make.
    private TimeSpan NextPause()
    {
        if (IsFirstLook)
            return TimeSpan.Zero;
        var waited = deadline.Elapsed;
        var pause = expected?.NextAfter(waited) is { } next ? schedule.Spread(next) : schedule.Next() - (polls == 0 ? waited : TimeSpan.Zero);
        var asked = hint;
        hint = TimeSpan.Zero;
        return pause > asked ? pause : asked;
    }

    private void Hinted(TimeSpan pause) => hint = pause < RetryAfterHeader.Longest ? pause : RetryAfterHeader.Longest;

    private WanCanceledException Canceled(OperationCanceledException e, CancellationToken cancellationToken) => Report(WanCanceledException.Of(
        $"Canceled while waiting for generation '{id}', which continues; resume with WaitAsync(\"{id}\").", accepted, e, cancellationToken));

    // A failed poll does not end the wait for a paid generation.
    private void Tolerate(WanException fault)
    {
        lastFault = fault;
        telemetry.PollFailed(id, polls, fault);
        if (!reader.IsTransient(fault) || ++failures > options.MaxConsecutiveFailures)
            ExceptionDispatchInfo.Throw(About(fault));
    }

    private WanException About(WanException fault)
    {
        fault.AddContext(id, clientRequestId, status);
        return Report(fault);
    }

    private TException Report<TException>(TException e)
        where TException : Exception
    {
        telemetry.Over(id, polls, status, e);
        return e;
    }
}
