using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Wan27.Sdk;

/// <summary>Many generations with a cap, each with an outcome of its own.</summary>
internal static class ManyGenerations
{
    public static async IAsyncEnumerable<GenerationOutcome> RunAsync(
        IWanVideoClient client,
        IEnumerable<VideoGenerationRequest> requests,
        int maxConcurrency,
        PollingOptions? polling,
        IProgress<GenerationProgress>? progress,
        Action<GenerationOutcome>? unseen,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var outcomes = Channel.CreateUnbounded<GenerationOutcome>();
        using var abandoned = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = ProduceAsync();
        try
        {
            // Not canceled here: what was started still reports its state.
            await foreach (var outcome in outcomes.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return outcome;
        }
        finally
        {
            await abandoned.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (outcomes.Reader.TryRead(out var outcome))
                unseen?.Invoke(outcome);
        }

        await work.ConfigureAwait(false);

        async Task ProduceAsync()
        {
            try
            {
                await Parallel.ForEachAsync(
                    requests.Select((request, index) => (request, index)),
                    new ParallelOptions { MaxDegreeOfParallelism = maxConcurrency, CancellationToken = abandoned.Token },
                    async (item, token) => outcomes.Writer.TryWrite(await RunOneAsync(item.request, item.index, token).ConfigureAwait(false))).ConfigureAwait(false);
            }
            finally
            {
                outcomes.Writer.Complete();
            }
        }

        async Task<GenerationOutcome> RunOneAsync(VideoGenerationRequest request, int index, CancellationToken token)
        {
            try
            {
                var generation = await client.GenerateAndWaitAsync(request, polling, progress, token).ConfigureAwait(false);
                return new GenerationOutcome { Index = index, ClientRequestId = generation.ClientRequestId, Generation = generation };
            }
            catch (Exception e)
            {
                return new GenerationOutcome
                {
                    Index = index,
                    ClientRequestId = (e as WanException)?.ClientRequestId ?? (e as WanCanceledException)?.ClientRequestId,
                    Generation = (e as WanGenerationFailedException)?.Generation,
                    Error = e,
                };
            }
        }
    }
}
