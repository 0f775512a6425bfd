using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace VideoStudio.Api;

/// <summary>Server-sent events: first the state of every generation, then what any instance has changed since the last look.</summary>
internal static class Events
{
    private const int LooksUntilKeepAlive = 30;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);

    /// <summary>How late a change can become visible: commits take a moment, and clocks differ.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(10);

    public static IResult Stream(
        HttpContext context, StudioContext database, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(ReadAsync(database, time, lifetime.ApplicationStopping, context.RequestAborted));
    }

    private static async IAsyncEnumerable<SseItem<Generation?>> ReadAsync(
        StudioContext database, TimeProvider time, CancellationToken stopping, [EnumeratorCancellation] CancellationToken closed)
    {
        var sent = new Dictionary<string, int>();
        var since = DateTimeOffset.MinValue;

        // At a stop the stream ends, so that the page connects to another instance.
        for (var looks = 1; !stopping.IsCancellationRequested; looks++)
        {
            var now = time.GetUtcNow();
            foreach (var generation in await database.ListAsync(since, closed))
            {
                if (sent.GetValueOrDefault(generation.Id) == generation.Version)
                    continue;
                sent[generation.Id] = generation.Version;
                yield return new SseItem<Generation?>(generation, "generation");
            }

            // No proxy closes the connection while nothing changes.
            if (looks % LooksUntilKeepAlive == 0)
                yield return new SseItem<Generation?>(null, "idle");
            since = now - Overlap;
            await Task.Delay(Interval, time, closed);
        }
    }
}
