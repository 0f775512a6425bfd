using System.Collections.Concurrent;
using System.Threading.Channels;

namespace VideoStudio.Store;

/// <summary>Tells every open page of this instance what has changed.</summary>
internal sealed class GenerationFeed
{
    private const int LongestBacklog = 10_000;

    private readonly ConcurrentDictionary<Channel<Generation>, bool> subscribers = [];

    public bool IsHeard => !subscribers.IsEmpty;

    public Subscription Subscribe()
    {
        var channel = Channel.CreateBounded<Generation>(LongestBacklog);
        subscribers[channel] = true;
        return new Subscription(channel.Reader, () => subscribers.TryRemove(channel, out _));
    }

    public void Publish(Generation generation)
    {
        // A page that reads too slowly is cut off: it comes back by itself and is told everything anew.
        foreach (var channel in subscribers.Keys)
        {
            if (!channel.Writer.TryWrite(generation))
                channel.Writer.TryComplete();
        }
    }

    internal sealed record Subscription(ChannelReader<Generation> Changes, Action End) : IDisposable
    {
        public void Dispose() => End();
    }
}
