using System.Runtime.CompilerServices;

namespace Wan27.Sdk.Download;

/// <summary>Ends a wait for a host that sends nothing. A wait that completes synchronously costs nothing, and another allocates nothing.</summary>
internal sealed class IdleTimeout : IDisposable
{
    /// <summary>How long a host may send nothing, before its response or between two pieces of a file.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly TimeProvider time;
    private readonly CancellationToken disposed;
    private CancellationTokenSource limit;
    private CancellationTokenRegistration disposing;

    /// <param name="time">The clock.</param>
    /// <param name="disposed">Ends every wait.</param>
    public IdleTimeout(TimeProvider time, CancellationToken disposed)
    {
        (this.time, this.disposed) = (time, disposed);
        limit = Limit();
    }

    /// <summary>To be given to the work that <see cref="BreakAsync"/> waits for.</summary>
    public CancellationToken Token
    {
        get
        {
            if (limit.IsCancellationRequested)
            {
                Dispose();
                limit = Limit();
            }

            return limit.Token;
        }
    }

    /// <summary>Waits for one step until the host has sent nothing for too long, which cancels <see cref="Token"/>.</summary>
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

    public void Dispose()
    {
        disposing.Dispose();
        limit.Dispose();
    }

    private CancellationTokenSource Limit()
    {
        var next = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        disposing = disposed.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), next);
        return next;
    }
}
