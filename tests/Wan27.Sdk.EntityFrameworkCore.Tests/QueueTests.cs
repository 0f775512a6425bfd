using Wan27.Sdk.Emulator;

namespace Wan27.Sdk.EntityFrameworkCore.Tests;

public sealed class SqliteQueueTests(SqliteDatabase database) : QueueTests(database), IClassFixture<SqliteDatabase>;

public sealed class PostgresQueueTests(PostgresDatabase database) : QueueTests(database), IClassFixture<PostgresDatabase>
{
    protected override void Require() => PostgresCluster.Require();
}

/// <summary>The cap on generations in progress over two instances on one database, against the emulator, whose time the pauses of the clients advance.</summary>
public abstract class QueueTests(TestDatabase database)
{
    private const int Max = 3;

    private static readonly TimeSpan Generating = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected virtual void Require()
    {
    }

    [Fact]
    public async Task Two_instances_never_have_more_in_progress_than_the_cap()
    {
        Require();
        var clock = new VirtualClock(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
        await using var emulator = await WanEmulator.StartAsync(
            options => (options.TimeProvider, options.QueuedFor, options.GeneratingFor) = (clock, TimeSpan.Zero, Generating), Cancellation);
        using var one = Instance(emulator, clock);
        using var two = Instance(emulator, clock);

        var accepted = await Task.WhenAll(Enumerable.Range(0, 24).Select(
            number => (number % 2 == 0 ? one : two).CreateAsync(Request($"order-{number / 2 * 2 % 20}"), Cancellation)));

        var submissions = emulator.Ledger.Submissions;
        Assert.Equal(10, submissions.Count);
        Assert.Equal(10, accepted.Select(generation => generation.Id).Distinct().Count());
        Assert.All(submissions, one => Assert.InRange(
            submissions.Count(other => other.AcceptedAt <= one.AcceptedAt && other.AcceptedAt + Generating > one.AcceptedAt), 1, Max));
    }

    private static TextToVideoRequest Request(string id) => new() { Prompt = "a lighthouse", ClientRequestId = id };

    private WanVideoClient Instance(WanEmulator emulator, TimeProvider clock) => new(new WanVideoClientOptions
    {
        ApiKey = emulator.ApiKey,
        BaseAddress = emulator.BaseAddress,
        TimeProvider = clock,
        AttemptTimeout = TimeSpan.FromHours(23),
        Journal = database.Journal(),
        MaxInProgress = Max,
        QueueTimeout = TimeSpan.FromHours(23),
    });
}
