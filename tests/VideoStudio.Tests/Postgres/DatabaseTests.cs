using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using VideoStudio.Jobs;
using VideoStudio.Store;

namespace VideoStudio.Tests.Postgres;

/// <summary>Tests the tables of the migrations on PostgreSQL and on SQLite.</summary>
public sealed class DatabaseTests(PostgresFixture fixture) : IClassFixture<PostgresFixture>
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_migration_is_applied_once_by_concurrent_instances(bool isPostgres)
    {
        await using var context = fixture.CreateContext(isPostgres);

        Assert.Equal(context.Database.GetMigrations(), await context.Database.GetAppliedMigrationsAsync(Cancellation));
    }

    [Fact]
    public async Task The_migrations_create_what_the_model_has()
    {
        await using var context = fixture.CreateContext(isPostgres: true);

        Assert.False(context.Database.HasPendingModelChanges());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_generation_is_read_as_it_was_stored(bool isPostgres)
    {
        var generation = Create();
        await using (var writer = fixture.CreateContext(isPostgres))
        {
            writer.Add(generation);
            await writer.SaveChangesAsync(Cancellation);
        }

        await using var reader = fixture.CreateContext(isPostgres);
        var read = await reader.Generations.SingleAsync(known => known.Id == generation.Id, Cancellation);
        Assert.Equal(JsonSerializer.Serialize(generation), JsonSerializer.Serialize(read));
        Assert.Equal(generation.Images, read.Images);
        Assert.StartsWith("a b", read.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Only_one_of_several_concurrent_updates_succeeds(bool isPostgres)
    {
        var generation = Create();
        await using var first = fixture.CreateContext(isPostgres);
        first.Add(generation);
        await first.SaveChangesAsync(Cancellation);
        var updates = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Task.Run(() => TryUpdateAsync(isPostgres, generation.Id, i), Cancellation)));

        var kept = updates.Where(polls => polls > 0).ToList();
        await using var last = fixture.CreateContext(isPostgres);
        var read = await last.Generations.SingleAsync(known => known.Id == generation.Id, Cancellation);
        Assert.Equal(1 + kept.Count, read.Version);
        Assert.Contains(read.Polls, kept);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_list_contains_what_changed_after_a_time_and_the_newest_first(bool isPostgres)
    {
        await using var context = fixture.CreateContext(isPostgres);
        var before = TimeProvider.System.GetUtcNow().AddSeconds(-1);
        Generation[] generations = [Create(), Create(Now.AddHours(1)), Create(Now.AddMinutes(1))];
        context.AddRange(generations);
        await context.SaveChangesAsync(Cancellation);

        var ids = generations.Select(generation => generation.Id).ToList();
        var listed = (await context.ListAsync(before, Cancellation)).Select(generation => generation.Id).Where(ids.Contains);
        Assert.Equal([ids[1], ids[2], ids[0]], listed);
        Assert.Empty(await context.ListAsync(TimeProvider.System.GetUtcNow().AddMinutes(1), Cancellation));
    }

    /// <returns>What was stored; 0 if another writer was faster.</returns>
    private async Task<int> TryUpdateAsync(bool isPostgres, string id, int polls)
    {
        await using var context = fixture.CreateContext(isPostgres);
        var generation = await context.Generations.SingleAsync(known => known.Id == id, Cancellation);
        generation.Polls = polls;
        try
        {
            await context.SaveChangesAsync(Cancellation);
            return polls;
        }
        catch (DbUpdateConcurrencyException)
        {
            return 0;
        }
    }

    private static Generation Create(DateTimeOffset? createdAt = null) => new()
    {
        Id = Guid.NewGuid().ToString(),
        Model = Models.Text,
        Prompt = "A fox.",
        Resolution = "720p",
        Seconds = 5,
        Seed = long.MaxValue,
        Images = { "one.png", "two.png" },
        State = GenerationState.Failed,
        Reason = "a\0b\ud83d",
        CostUsd = 1.23456789m,
        CreatedAt = createdAt ?? Now,
        FinishedAt = Now.AddMilliseconds(1.5),
    };
}
