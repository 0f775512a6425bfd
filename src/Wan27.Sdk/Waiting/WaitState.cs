using System.Runtime.ExceptionServices;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Redaction;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Waiting;

/// <summary>
/// One wait's clock and memory: when to ask next, when it must end, what was last read, and what last went wrong. Ten thousand of them are held at
/// once, so it remembers words rather than answers.
/// </summary>
internal sealed class WaitState(
    VideoGeneration accepted, PollingOptions options, Redactor redactor, ApiReader reader, WaitTelemetry telemetry, TimeProvider time, Random random) : OneTimer(time)
{
    /// <summary>How often a completed task without a video is asked for again.</summary>
    private const int MaxAnswersWithoutVideo = 3;

    private readonly string id = accepted.Id;
    private readonly string? clientRequestId = accepted.ClientRequestId;
    private readonly Deadline deadline = new(options.Timeout, time);
    private PollSchedule schedule = new(options, random);
    private GenerationStatus status = accepted.Status;
    private WanException? lastFault;
    private int polls;
    private int failures;
    private int answersWithoutVideo;

    /// <summary>Whether the task has its video.</summary>
    public bool IsOver { get; private set; }

    public GenerationProgress Progress => new(id, status, deadline.Elapsed, polls, clientRequestId);

    /// <summary>Waits for the moment of the next poll, but never beyond the end, so that the last one is made at the deadline.</summary>
    /// <exception cref="WanWaitTimeoutException">The wait is over.</exception>
    /// <exception cref="WanCanceledException">The token was cancelled.</exception>
    public ValueTask PauseAsync(CancellationToken cancellationToken)
    {
        var left = deadline.Left;
        if (left <= TimeSpan.Zero)
            throw Told(new WanWaitTimeoutException(id, status, options.Timeout, lastFault) { ClientRequestId = clientRequestId });
        var next = schedule.Next();
        return DelayAsync(next < left ? next : left, cancellationToken);
    }

    /// <summary>Reads the task; null when that failed in a way that may pass.</summary>
    /// <exception cref="WanException">The task cannot be read, or failed to be for too often.</exception>
    /// <exception cref="WanCanceledException">The token was cancelled.</exception>
    public async ValueTask<VideoGeneration?> TryReadAsync(CancellationToken cancellationToken)
    {
        telemetry.Polling(id, ++polls);
        using var end = deadline.Limit(TimeSpan.Zero, cancellationToken);
        try
        {
            return await reader.ReadGenerationAsync(id, redactor, end.Token).ConfigureAwait(false);
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

    /// <summary>Takes note of an answer.</summary>
    /// <exception cref="WanGenerationFailedException">The task failed.</exception>
    /// <exception cref="WanProtocolException">The task is complete, and for too often without a video.</exception>
    public VideoGeneration Note(VideoGeneration answer)
    {
        var generation = clientRequestId is null ? answer : answer with { ClientRequestId = clientRequestId };
        telemetry.Polled(id, polls, generation.Status, isNew: polls == 1 || status != generation.Status);
        (status, lastFault, failures) = (generation.Status, null, 0);
        if (status.IsFailed)
            throw Told(new WanGenerationFailedException(generation));
        IsOver = status.IsSucceeded && generation.Video?.Url is not null;
        if (IsOver)
            telemetry.Completed(id, polls, deadline.Elapsed, generation);
        else if (status.IsSucceeded && ++answersWithoutVideo > MaxAnswersWithoutVideo)
            throw WithWayBack(new WanProtocolException("The generation is complete, but the service gives no address of its video."));
        return generation;
    }

    public override void Dispose()
    {
        base.Dispose();
        telemetry.End();
    }

    protected override OperationCanceledException Canceled(OperationCanceledException e, CancellationToken cancellationToken) =>
        Told(new WanCanceledException($"Cancelled while waiting for generation '{id}', which goes on; resume with WaitAsync(\"{id}\").", e, cancellationToken)
        {
            GenerationId = id,
            ClientRequestId = clientRequestId,
            MayHaveBeenSent = true,
        });

    // A poll that fails does not give up a paid task.
    private void Tolerate(WanException fault)
    {
        lastFault = fault;
        telemetry.PollFailed(id, polls, fault);
        if (!reader.IsTransient(fault) || ++failures > options.MaxConsecutiveFailures)
            ExceptionDispatchInfo.Throw(WithWayBack(fault));
    }

    private WanException WithWayBack(WanException fault)
    {
        fault.GenerationId = id;
        fault.ClientRequestId = clientRequestId;
        fault.LastStatus = status;
        return Told(fault);
    }

    private TException Told<TException>(TException e)
        where TException : Exception
    {
        telemetry.Over(id, polls, status, e);
        return e;
    }
}
