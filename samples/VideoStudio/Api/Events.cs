using System.Text.Json;
using System.Threading.Channels;
using VideoStudio.Store;

namespace VideoStudio.Api;

/// <summary>Server-sent events: first the current state of every generation, then each change, made by any instance.</summary>
internal static class Events
{
    private static readonly TimeSpan KeepAliveInterval = TimeSpan.FromSeconds(15);

    public static async Task StreamAsync(
        HttpContext context, IGenerationStore store, GenerationFeed feed, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            // Subscribe before the read, so that no change is lost in between.
            using var subscription = feed.Subscribe();
            foreach (var generation in await store.ListAsync(end.Token))
                await WriteAsync(context.Response, generation, end.Token);
            await context.Response.Body.FlushAsync(end.Token);
            while (await WaitAsync(subscription.Changes, context.Response, time, end.Token))
            {
                while (subscription.Changes.TryRead(out var generation))
                    await WriteAsync(context.Response, generation, end.Token);
                await context.Response.Body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The page was closed, or the studio is stopping and another instance takes over.
        }
    }

    /// <summary>Waits for a change. Sends a comment at intervals, so that no proxy closes the idle connection.</summary>
    private static async Task<bool> WaitAsync(
        ChannelReader<Generation> changes, HttpResponse response, TimeProvider time, CancellationToken cancellationToken)
    {
        var change = changes.WaitToReadAsync(cancellationToken).AsTask();
        while (true)
        {
            try
            {
                return await change.WaitAsync(KeepAliveInterval, time, cancellationToken);
            }
            catch (TimeoutException)
            {
                await response.WriteAsync(": still here\n\n", cancellationToken);
                await response.Body.FlushAsync(cancellationToken);
            }
        }
    }

    private static Task WriteAsync(HttpResponse response, Generation generation, CancellationToken cancellationToken) => response.WriteAsync(
        $"event: generation\ndata: {JsonSerializer.Serialize(GenerationView.From(generation), GenerationJson.Options)}\n\n", cancellationToken);
}
