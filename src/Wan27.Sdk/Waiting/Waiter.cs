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
    /// <summary>Waits for a task and returns it with its video.</summary>
    public Task<VideoGeneration> WaitAsync(
        VideoGeneration accepted, PollingOptions? options, IProgress<GenerationProgress>? progress, CancellationToken cancellationToken) =>
        WaitAsync(Begin(accepted, options), progress, cancellationToken);

    /// <summary>The task each time that its status has changed, up to the one with its video.</summary>
    public async IAsyncEnumerable<VideoGeneration> WatchAsync(
        string id, PollingOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var poll = Begin(new VideoGeneration { Id = id }, options);
        GenerationStatus? seen = null;
        while (!poll.IsOver)
        {
            await poll.PauseAsync(cancellationToken).ConfigureAwait(false);
            if (await poll.TryReadAsync(cancellationToken).ConfigureAwait(false) is not { } answer)
                continue;
            var generation = poll.Note(answer);
            if (seen != generation.Status || poll.IsOver)
                yield return generation;
            seen = generation.Status;
        }
    }

    // It holds nothing but what each of ten thousand waits needs.
    private static async Task<VideoGeneration> WaitAsync(Poll begun, IProgress<GenerationProgress>? progress, CancellationToken cancellationToken)
    {
        using var poll = begun;
        progress?.Report(poll.Progress);
        while (true)
        {
            await poll.PauseAsync(cancellationToken).ConfigureAwait(false);
            if (await poll.TryReadAsync(cancellationToken).ConfigureAwait(false) is not { } answer)
                continue;
            var generation = poll.Note(answer);
            progress?.Report(poll.Progress);
            if (poll.IsOver)
                return generation;
        }
    }

    private Poll Begin(VideoGeneration accepted, PollingOptions? given)
    {
        var options = given ?? defaults;
        options.ThrowIfInvalid();
        return new Poll(accepted, options, reader, telemetry.Wait(accepted.Id), time, random);
    }
}
