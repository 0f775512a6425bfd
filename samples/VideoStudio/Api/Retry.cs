using System.Security.Cryptography;
using VideoStudio.Jobs;
using VideoStudio.Store;

namespace VideoStudio.Api;

/// <summary>Makes a new generation of a failed one, which pays again; and only one of each, however often the button is pressed.</summary>
internal sealed class Retry(IGenerationStore store, IJobQueue queue, TimeProvider time)
{
    public async Task<Generation> RunAsync(Generation failed, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var next = new Generation
        {
            Id = IdAfter(failed.Id),
            Model = failed.Model,
            Prompt = failed.Prompt,
            NegativePrompt = failed.NegativePrompt,
            Resolution = failed.Resolution,
            Seconds = failed.Seconds,
            Seed = failed.Seed,
            Pictures = failed.Pictures,
            CreatedAt = now,
            DueAt = now,
        };
        if (!await store.TryAddAsync(next, cancellationToken))
            return (await store.FindAsync(next.Id, cancellationToken))!;
        await store.TryUpdateAsync(failed with { RetriedAs = next.Id }, cancellationToken);
        queue.Schedule(next.Id, next.DueAt);
        return next;
    }

    /// <summary>The same for each press: the store lets it in once.</summary>
    private static string IdAfter(string id) => new Guid(SHA256.HashData(Guid.Parse(id).ToByteArray()).AsSpan(0, 16)).ToString();
}
