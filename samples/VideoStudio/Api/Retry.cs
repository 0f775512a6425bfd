using System.Security.Cryptography;
using VideoStudio.Jobs;
using VideoStudio.Store;

namespace VideoStudio.Api;

/// <summary>Creates a new generation from a failed one, which is paid for again. Each failed generation is retried once, however often the button is pressed.</summary>
internal sealed class Retry(IGenerationStore store, IJobQueue queue, TimeProvider time)
{
    public async Task<Generation> RunAsync(Generation failed, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var next = new Generation
        {
            Id = RetryIdOf(failed.Id),
            Model = failed.Model,
            Prompt = failed.Prompt,
            NegativePrompt = failed.NegativePrompt,
            Resolution = failed.Resolution,
            Seconds = failed.Seconds,
            Seed = failed.Seed,
            Images = failed.Images,
            CreatedAt = now,
            DueAt = now,
        };
        if (!await store.TryAddAsync(next, cancellationToken))
            return (await store.FindAsync(next.Id, cancellationToken))!;
        await store.TryUpdateAsync(failed with { RetriedAs = next.Id }, cancellationToken);
        queue.Schedule(next.Id, next.DueAt);
        return next;
    }

    /// <summary>Returns the same id for each press, so that the store accepts it once.</summary>
    private static string RetryIdOf(string id) => new Guid(SHA256.HashData(Guid.Parse(id).ToByteArray()).AsSpan(0, 16)).ToString();
}
