using System.Runtime.CompilerServices;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Transport;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Waiting;

/// <summary>
/// Asks for a task until it is over. A poll that fails does not give up a paid task, an unknown status is pending, and each way to stop
/// is an exception of its own that carries the id.
/// </summary>
internal sealed class Waiter(ApiReader reader, PollingOptions defaults, ClientTelemetry telemetry, TimeProvider time, Random random)
{
    /// <summary>Waits for a generation and returns it with its video.</summary>
    /// <param name="accepted">The generation.</param>
    /// <param name="options">When to poll; null for the client's own.</param>
    /// <param name="progress">Receives each poll.</param>
    /// <param name="redactor">Knows what the service must not repeat of the request.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<VideoGeneration> WaitAsync(
        VideoGeneration accepted, PollingOptions? options, IProgress<GenerationProgress>? progress, Redactor redactor, CancellationToken cancellationToken) =>
        WaitAsync(Begin(accepted, options, redactor), progress, cancellationToken);

    /// <summary>The task each time that its status has changed, up to the one with its video.</summary>
    public async IAsyncEnumerable<VideoGeneration> WatchAsync(
        string id, PollingOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var poll = Begin(new VideoGeneration { Id = id }, options, Redactor.None);
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
    private async Task<VideoGeneration> WaitAsync(WaitState begun, IProgress<GenerationProgress>? progress, CancellationToken cancellationToken)
    {
        using var poll = begun;
        telemetry.Report(progress, poll.Progress);
        while (true)
        {
            await poll.PauseAsync(cancellationToken).ConfigureAwait(false);
            if (await poll.TryReadAsync(cancellationToken).ConfigureAwait(false) is not { } answer)
                continue;
            var generation = poll.Note(answer);
            telemetry.Report(progress, poll.Progress);
            if (poll.IsOver)
                return generation;
        }
    }

    private WaitState Begin(VideoGeneration accepted, PollingOptions? given, Redactor redactor)
    {
        var options = given ?? defaults;
        options.ThrowIfInvalid();
        return new WaitState(accepted, options, redactor, reader, telemetry.Wait(accepted.Id), time, random);
    }
}
