using System.Runtime.CompilerServices;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Redaction;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Waiting;

/// <summary>
/// Polls a generation until it is over. A failed poll does not end the wait for a paid generation, an unknown status counts as pending, and each reason to stop is
/// an exception of its own with the id.
/// </summary>
/// <param name="reader">Polls.</param>
/// <param name="ended">Is awaited with a generation that is over, before the caller receives it.</param>
/// <param name="defaults">When to poll, unless a call has its own options.</param>
/// <param name="telemetry">Reports polls.</param>
/// <param name="durations">What generations take.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Varies the intervals.</param>
internal sealed class Waiter(
    ApiReader reader,
    Func<VideoGeneration, CancellationToken, Task> ended,
    PollingOptions defaults,
    ClientTelemetry telemetry,
    ExpectedDurations durations,
    TimeProvider time,
    Random random)
{
    /// <summary>Waits for a generation and returns it with its video.</summary>
    /// <param name="accepted">The generation, which may be known by its id only.</param>
    /// <param name="options">When to poll; null for the client's own.</param>
    /// <param name="progress">Receives a report after each poll, and at once if the generation's status is known.</param>
    /// <param name="redactor">Knows what the service must not repeat of the request.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<VideoGeneration> WaitAsync(
        VideoGeneration accepted, PollingOptions? options, IProgress<GenerationProgress>? progress, Redactor redactor, CancellationToken cancellationToken)
    {
        var latest = accepted;
        await foreach (var generation in PollAsync(accepted, options, progress, redactor, cancellationToken).ConfigureAwait(false))
            latest = generation;
        return latest;
    }

    /// <summary>Returns the generation each time that its status has changed, the last time with its video.</summary>
    public async IAsyncEnumerable<VideoGeneration> WatchAsync(
        VideoGeneration accepted, PollingOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        GenerationStatus? seen = null;
        await foreach (var generation in PollAsync(accepted, options, null, Redactor.None, cancellationToken).ConfigureAwait(false))
        {
            if (seen != generation.Status || generation.HasVideo)
                yield return generation;
            seen = generation.Status;
        }
    }

    private async IAsyncEnumerable<VideoGeneration> PollAsync(
        VideoGeneration accepted,
        PollingOptions? options,
        IProgress<GenerationProgress>? progress,
        Redactor redactor,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var wait = new WaitState(accepted, options ?? defaults, redactor, reader, telemetry.Wait(accepted.Id), durations, time, random);
        if (accepted.Status != GenerationStatus.Unknown)
            telemetry.Report(progress, wait.Progress);
        if (await wait.ExpectAsync(cancellationToken).ConfigureAwait(false))
            telemetry.Report(progress, wait.Progress);
        while (!wait.IsOver)
        {
            if (await wait.PollAsync(cancellationToken).ConfigureAwait(false) is not { } response)
                continue;
            if (!response.Status.IsPending)
                await ended(response, cancellationToken).ConfigureAwait(false);
            var generation = wait.Note(response);
            telemetry.Report(progress, wait.Progress);
            yield return generation;
        }
    }
}
