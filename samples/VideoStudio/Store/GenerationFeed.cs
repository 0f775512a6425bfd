using System.Collections.Concurrent;
using System.Threading.Channels;

namespace VideoStudio.Store;

/// <summary>Publishes changes to every open page of this instance.</summary>
internal sealed class GenerationFeed
{
    private const int MaxBacklog = 10_000;

    private readonly ConcurrentDictionary<Channel<Generation>, bool> subscribers = [];

    public bool HasSubscribers => !subscribers.IsEmpty;

    public Subscription Subscribe()
    {
        var channel = Channel.CreateBounded<Generation>(MaxBacklog);
        subscribers[channel] = true;
        return new Subscription(channel.Reader, () => subscribers.TryRemove(channel, out _));
    }

    public void Publish(Generation generation)
    {
        // A page that reads too slowly is disconnected. It reconnects and reads the complete list again.
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
