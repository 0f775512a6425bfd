using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Wan27.Sdk.EntityFrameworkCore.Tests;

/// <summary>One database of one kind, with contexts over it and a count of the round trips that they make.</summary>
public abstract class TestDatabase : IAsyncLifetime
{
    private readonly RoundTrips trips = new();

    /// <summary>Gets how many commands and ends of transactions were sent since the last call of <see cref="Reset"/>.</summary>
    public int Count => trips.Count;

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    public void Reset() => trips.Count = 0;

    /// <summary>A journal, like that of one more process.</summary>
    public EntityFrameworkSubmissionJournal Journal() => new(CreateContext, timeProvider: null, createsTables: true);

    public WanSubmissionsContext CreateContext()
    {
        var options = new DbContextOptionsBuilder<WanSubmissionsContext>().AddInterceptors(trips, trips.Transactions);
        Use(options);
        return new WanSubmissionsContext(options.Options);
    }

    protected abstract void Use(DbContextOptionsBuilder options);

    /// <summary>The beginning of a transaction is sent with its first command, and its commit alone.</summary>
    private sealed class RoundTrips : DbCommandInterceptor
    {
        private int count;

        public RoundTrips() => Transactions = new Commits(this);

        public Commits Transactions { get; }

        public int Count
        {
            get => count;
            set => count = value;
        }

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref count);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
            DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref count);
            return ValueTask.FromResult(result);
        }

        public sealed class Commits(RoundTrips trips) : DbTransactionInterceptor
        {
            public override ValueTask<InterceptionResult> TransactionCommittingAsync(
                DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken = default)
            {
                Interlocked.Increment(ref trips.count);
                return ValueTask.FromResult(result);
            }
        }
    }
}
