using System.Collections.Concurrent;

namespace Wan27.Sdk.Transport;

/// <summary>
/// A limit of time on top of a caller's token. Each poll of each wait needs two, so what is behind them is used again.
/// </summary>
internal readonly struct TimeLimit : IDisposable
{
    private const int MaxIdle = 256;

    private static readonly ConcurrentQueue<CancellationTokenSource> Idle = new();

    private readonly CancellationTokenSource source;
    private readonly CancellationTokenRegistration outer;

    private TimeLimit(CancellationTokenSource source, CancellationToken cancellationToken)
    {
        this.source = source;
        outer = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), source);
    }

    /// <summary>Ends with the limit or with the token that it was made from.</summary>
    public CancellationToken Token => source.Token;

    /// <param name="limit">How long from now.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public static TimeLimit Begin(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        if (time != TimeProvider.System || !Idle.TryDequeue(out var source))
            return new TimeLimit(new CancellationTokenSource(limit, time), cancellationToken);
        source.CancelAfter(limit);
        return new TimeLimit(source, cancellationToken);
    }

    /// <summary>Lets the time begin anew.</summary>
    /// <param name="limit">How long from now.</param>
    public void Restart(TimeSpan limit) => source.CancelAfter(limit);

    public void Dispose()
    {
        // Waits for a cancellation that is under way, so that none can meet the next user.
        outer.Dispose();
        if (Idle.Count < MaxIdle && source.TryReset())
            Idle.Enqueue(source);
        else
            source.Dispose();
    }
}
