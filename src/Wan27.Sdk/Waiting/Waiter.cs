using System.Runtime.CompilerServices;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Waiting;

/// <summary>
/// Asks for a task until it is over. A poll that fails does not give up a paid task, an unknown status is pending, and each way to stop
/// is an exception of its own that carries the id.
/// </summary>
internal sealed class Waiter(ApiReader reader, PollingOptions defaults, ClientTelemetry telemetry, TimeProvider time, Random random)
{
    /// <summary>How often a completed task without a video is asked for again.</summary>
    private const int MaxPollsWithoutVideo = 3;

    /// <summary>Waits for a task and returns it with its video.</summary>
    public async Task<VideoGeneration> WaitAsync(
        VideoGeneration accepted, PollingOptions? options, IProgress<GenerationProgress>? progress, CancellationToken cancellationToken)
    {
        var polls = 0;
        var began = time.GetTimestamp();
        Report(accepted);
        var latest = accepted;
        await foreach (var generation in PollAsync(accepted, options, cancellationToken).ConfigureAwait(false))
        {
            polls++;
            Report(latest = generation);
        }

        return latest;

        void Report(VideoGeneration generation) => progress?.Report(
            new GenerationProgress(generation.Id, generation.Status, time.GetElapsedTime(began), polls, generation.ClientRequestId));
    }

    /// <summary>The task each time that its status has changed, up to the one with its video.</summary>
    public async IAsyncEnumerable<VideoGeneration> WatchAsync(
        string id, PollingOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        GenerationStatus? seen = null;
        await foreach (var generation in PollAsync(new VideoGeneration { Id = id }, options, cancellationToken).ConfigureAwait(false))
        {
            if (seen == generation.Status && !HasVideo(generation))
                continue;
            seen = generation.Status;
            yield return generation;
        }
    }

    /// <summary>Each answer that was read; ends after the one that has the video, and throws in every other case.</summary>
    private async IAsyncEnumerable<VideoGeneration> PollAsync(
        VideoGeneration accepted, PollingOptions? given, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = given ?? defaults;
        options.ThrowIfInvalid();
        var schedule = new PollSchedule(options, random);
        using var told = telemetry.Wait(accepted);
        var poll = new Poll(accepted, options.Timeout, told, time);
        var (failures, withoutVideo) = (0, 0);
        while (true)
        {
            await poll.PauseAsync(schedule.Next(), cancellationToken).ConfigureAwait(false);
            if (await poll.TryReadAsync(reader, cancellationToken).ConfigureAwait(false) is not { } generation)
            {
                if (!reader.IsTransient(poll.LastFault!) || ++failures > options.MaxConsecutiveFailures)
                    poll.Fail();
                poll.ThrowIfOver();
                continue;
            }

            failures = 0;
            if (generation.Status.IsFailed)
                throw told.Over(new WanGenerationFailedException(generation));
            if (HasVideo(generation))
            {
                told.Completed(generation);
                yield return generation;
                yield break;
            }

            if (generation.Status.IsSucceeded && ++withoutVideo > MaxPollsWithoutVideo)
                throw told.Over(WithoutVideo(generation));
            yield return generation;
            poll.ThrowIfOver();
        }
    }

    private static bool HasVideo(VideoGeneration generation) => generation.Status.IsSucceeded && generation.Video?.Url is not null;

    private static WanProtocolException WithoutVideo(VideoGeneration generation) =>
        new("The generation is complete, but the service gives no address of its video.")
        {
            GenerationId = generation.Id,
            ClientRequestId = generation.ClientRequestId,
            LastStatus = generation.Status,
        };
}
