using System.Runtime.CompilerServices;

namespace Wan27.Sdk.Download;

/// <summary>Ends what waits too long for a host that says nothing. A wait that is over at once costs nothing, and one that is not allocates nothing.</summary>
internal sealed class Silence(TimeProvider time) : IDisposable
{
    /// <summary>The longest silence of a host, before its answer or between two pieces of a file.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private CancellationTokenSource limit = Limit(time);

    /// <summary>To be given to the work that <see cref="BreakAsync"/> waits for.</summary>
    public CancellationToken Token
    {
        get
        {
            if (limit.IsCancellationRequested)
            {
                limit.Dispose();
                limit = Limit(time);
            }

            return limit.Token;
        }
    }

    /// <summary>Waits for work of one step until the host has been silent for too long, which cancels <see cref="Token"/>.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<T> BreakAsync<T>(ValueTask<T> work, CancellationToken cancellationToken)
    {
        if (work.IsCompleted)
            return await work.ConfigureAwait(false);
        limit.CancelAfter(Longest);
        var cancelling = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), limit);
        try
        {
            return await work.ConfigureAwait(false);
        }
        finally
        {
            await cancelling.DisposeAsync().ConfigureAwait(false);
            limit.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => limit.Dispose();

    private static CancellationTokenSource Limit(TimeProvider time) => new(Timeout.InfiniteTimeSpan, time);
}
