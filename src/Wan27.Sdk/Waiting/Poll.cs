using System.Runtime.ExceptionServices;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Waiting;

/// <summary>One wait's clock and memory: when it must end, what was last read, and what last went wrong.</summary>
internal sealed class Poll(VideoGeneration accepted, TimeSpan timeout, WaitTelemetry telemetry, TimeProvider time)
{
    private readonly Deadline deadline = new(timeout, time);
    private VideoGeneration latest = accepted;

    public WanException? LastFault { get; private set; }

    /// <summary>Waits, but never beyond the end, so that the last poll is made at the deadline.</summary>
    public async Task PauseAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await deadline.PauseAsync(delay, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            throw telemetry.Over(Canceled(e, cancellationToken));
        }
    }

    /// <summary>Reads the task; null when that failed, for the reason kept in <see cref="LastFault"/>.</summary>
    public async Task<VideoGeneration?> TryReadAsync(ApiReader reader, CancellationToken cancellationToken)
    {
        telemetry.Polling();
        try
        {
            var generation = await deadline.ReadAsync(
                token => reader.ReadGenerationAsync(latest.Id, token), TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            latest = generation with { ClientRequestId = latest.ClientRequestId ?? generation.ClientRequestId };
            LastFault = null;
            telemetry.Polled(latest);
            return latest;
        }
        catch (OperationCanceledException e)
        {
            throw telemetry.Over(Canceled(e, cancellationToken));
        }
        catch (WanException e)
        {
            telemetry.PollFailed(LastFault = e);
            return null;
        }
    }

    public void ThrowIfOver()
    {
        if (deadline.Left <= TimeSpan.Zero)
            throw telemetry.Over(new WanWaitTimeoutException(latest.Id, LastStatus, timeout, LastFault) { ClientRequestId = latest.ClientRequestId });
    }

    /// <summary>Gives up on the last fault, with the way back on it.</summary>
    public void Fail()
    {
        LastFault!.GenerationId = latest.Id;
        LastFault.ClientRequestId = latest.ClientRequestId;
        LastFault.LastStatus = LastStatus;
        ExceptionDispatchInfo.Throw(telemetry.Over(LastFault));
    }

    private GenerationStatus? LastStatus => latest.Status.Value.Length == 0 ? null : latest.Status;

    private WanCanceledException Canceled(OperationCanceledException e, CancellationToken cancellationToken) =>
        new($"Cancelled while waiting for generation '{latest.Id}', which goes on; resume with WaitAsync(\"{latest.Id}\").", e, cancellationToken)
        {
            GenerationId = latest.Id,
            ClientRequestId = latest.ClientRequestId,
            MayHaveBeenSent = true,
        };
}
