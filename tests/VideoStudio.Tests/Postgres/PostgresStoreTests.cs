using VideoStudio.Jobs;
using VideoStudio.Store;
using VideoStudio.Store.Postgres;

namespace VideoStudio.Tests.Postgres;

public sealed class PostgresStoreTests(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_migration_is_applied_once_by_concurrent_instances()
    {
        PostgresCluster.Require();
        await using var command = fixture.Database.CreateCommand("select string_agg(name, ' ' order by number) from studio.migrations");
        Assert.Equal("0001_generations 0002_submissions", await command.ExecuteScalarAsync(Cancellation));
    }

    [Fact]
    public async Task One_of_many_concurrent_callers_may_send_a_submission()
    {
        PostgresCluster.Require();
        var journal = new PostgresSubmissionJournal(fixture.Database);
        var intent = Intent();
        var seen = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => journal.TryBeginAsync(intent, SubmissionLimits.None, Cancellation).AsTask()));

        Assert.Single(seen, start => start.IsRecorded);
        Assert.All(seen.Where(start => !start.IsRecorded), start => Assert.Equal(intent, start.Known));
    }

    [Fact]
    public async Task A_refused_submission_may_begin_again_and_a_finished_one_is_not_pending()
    {
        PostgresCluster.Require();
        var journal = new PostgresSubmissionJournal(fixture.Database);
        var intent = Intent();
        Assert.Null(await journal.TryBeginAsync(intent, Cancellation));
        await journal.RecordAsync(intent with { State = SubmissionState.Refused }, Cancellation);
        Assert.Null(await journal.TryBeginAsync(intent, Cancellation));

        var accepted = intent with { State = SubmissionState.Accepted, GenerationId = "generation:1" };
        await journal.RecordAsync(accepted, Cancellation);
        Assert.Contains(accepted, await journal.ReadPendingAsync(Cancellation));
        Assert.Equal(accepted, await journal.TryBeginAsync(intent, Cancellation));
        await journal.RecordAsync(accepted with { State = SubmissionState.Finished }, Cancellation);
        Assert.DoesNotContain(await journal.ReadPendingAsync(Cancellation), record => record.ClientRequestId == intent.ClientRequestId);
    }

    [Fact]
    public async Task Only_one_of_several_concurrent_updates_succeeds()
    {
        PostgresCluster.Require();
        var store = new PostgresGenerationStore(fixture.Database);
        var generation = Generation();
        Assert.True(await store.TryAddAsync(generation, Cancellation));
        Assert.False(await store.TryAddAsync(generation, Cancellation));
        var changes = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => store.TryUpdateAsync(generation with { Polls = i }, Cancellation)));

        var kept = Assert.Single(changes.OfType<Generation>());
        Assert.Equal(kept, (await store.FindAsync(generation.Id, Cancellation))! with { Images = kept.Images });
    }

    [Fact]
    public async Task A_reason_with_control_characters_is_stored()
    {
        PostgresCluster.Require();
        var store = new PostgresGenerationStore(fixture.Database);
        var failed = Generation() with { State = GenerationState.Failed, Reason = "a\0b\ud83d" };

        Assert.True(await store.TryAddAsync(failed, Cancellation));

        Assert.StartsWith("a b", (await store.FindAsync(failed.Id, Cancellation))!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_an_overdue_generation_is_taken_and_by_one_caller()
    {
        PostgresCluster.Require();
        var store = new PostgresGenerationStore(fixture.Database);
        var (late, soon, over) = (Generation(), Generation() with { DueAt = Now.AddMinutes(5) }, Generation() with { State = GenerationState.Done });
        foreach (var generation in new[] { late, soon, over })
            await store.TryAddAsync(generation, Cancellation);

        var taken = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => store.TakeOverdueAsync(Now.AddMinutes(1), Now.AddMinutes(2), Cancellation)));
        var mine = taken.SelectMany(ids => ids).Where(id => id == late.Id || id == soon.Id || id == over.Id);
        Assert.Equal([late.Id], mine);
    }

    private static SubmissionRecord Intent() => new()
    {
        ClientRequestId = Guid.NewGuid().ToString(),
        Fingerprint = "f",
        Model = "m",
        State = SubmissionState.Intended,
        RecordedAt = Now,
    };

    private static Generation Generation() => new()
    {
        Id = Guid.NewGuid().ToString(),
        Model = Models.Text,
        Prompt = "A fox.",
        Resolution = "720p",
        Seconds = 5,
        CreatedAt = Now,
        DueAt = Now,
    };
}
