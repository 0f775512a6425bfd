using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wan27.Cli.Commands;
using Wan27.Sdk.TestSupport;

namespace Wan27.Cli.Tests;

/// <summary>The journal file copied to a database.</summary>
public sealed class JournalCopyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Submissions_are_copied_once_and_the_database_continues_them()
    {
        await using var fixture = await CliFixture.StartAsync();
        _ = await fixture.GenerateAsync("-o", "one.mp4");
        _ = await fixture.GenerateAsync("--no-wait");

        var first = await fixture.RunAsync("journal", "copy", "--sqlite", "videos.db");
        var second = await fixture.RunAsync("journal", "copy", "--sqlite", "videos.db", "--json");

        Assert.Equal((ExitCode.Done, "Copied 2 submissions; 0 were in the database."), (first.Code, first.Output));
        using var json = JsonDocument.Parse(second.Output);
        Assert.Equal((0, 2), (json.RootElement.GetProperty("copied").GetInt32(), json.RootElement.GetProperty("known").GetInt32()));
        await using var database = Sqlite(fixture["videos.db"]);
        var pending = Assert.Single(await Journal(database).ReadPendingAsync(Cancellation));
        Assert.Equal(fixture.Emulator.Ledger.Submissions[1].Id, pending.GenerationId);
        Assert.Equal(2, fixture.Emulator.Ledger.Submissions.Count);
    }

    [Fact]
    public async Task States_prices_and_what_was_compacted_away_are_copied()
    {
        await using var fixture = await CliFixture.StartAsync();
        var path = fixture["journal.jsonl"];
        var began = DateTimeOffset.UtcNow;
        var file = new FileSubmissionJournal(path);
        await FinishAsync(file, Entry("finished", began, usd: 1), actual: 0.25m);
        _ = await file.TryBeginAsync(Entry("intended", began, usd: 2), SubmissionLimits.None, Cancellation);
        _ = await file.TryBeginAsync(Entry("refused", began, usd: 4), SubmissionLimits.None, Cancellation);
        await file.UpdateAsync(new SubmissionChange { ClientRequestId = "refused", State = SubmissionState.Refused, RecordedAt = began }, Cancellation);
        await File.AppendAllTextAsync(
            path, """{"v":2,"compaction":3,"removed":[{"budget":"team","day":"2026-07-01","spentUsd":8,"reservedUsd":0}]}""" + "\n", Cancellation);
        await using var database = Sqlite(fixture["videos.db"]);
        var copy = Journal(database);

        var copied = await JournalCopy.RunAsync(new FileSubmissionJournal(path), copy, Cancellation);
        var again = await JournalCopy.RunAsync(new FileSubmissionJournal(path), copy, Cancellation);

        Assert.Equal((new JournalCopy(3, 0), new JournalCopy(0, 3)), (copied, again));
        var totals = await copy.ReadTotalsAsync("team", null, SubmissionLimits.None, Cancellation);
        Assert.Equal((8.25m, 2m), (totals.SpentUsd, totals.ReservedUsd));
        Assert.Equal("intended", Assert.Single(await copy.ReadPendingAsync(Cancellation)).ClientRequestId);
        var known = (await copy.TryBeginAsync(Entry("finished", began, usd: 1), SubmissionLimits.None, Cancellation)).Known;
        Assert.Equal((SubmissionState.Finished, "gen-finished", 1m, 0.25m), (known!.State, known.GenerationId, known.EstimatedUsd, known.ActualUsd));
    }

    [Fact]
    public async Task A_copy_that_ended_between_an_intent_and_its_state_is_continued()
    {
        await using var fixture = await CliFixture.StartAsync();
        var file = new FileSubmissionJournal(fixture["journal.jsonl"]);
        var entry = Entry("finished", DateTimeOffset.UtcNow, usd: 1);
        await FinishAsync(file, entry, actual: 1);
        await using var database = Sqlite(fixture["videos.db"]);
        _ = await Journal(database).TryBeginAsync(entry, SubmissionLimits.None, Cancellation);

        await JournalCopy.RunAsync(file, Journal(database), Cancellation);

        Assert.Empty(await Journal(database).ReadPendingAsync(Cancellation));
    }

    [Fact]
    public async Task Another_submission_with_the_same_id_stops_the_copy()
    {
        await using var fixture = await CliFixture.StartAsync();
        var file = new FileSubmissionJournal(fixture["journal.jsonl"]);
        var entry = Entry("order-1", DateTimeOffset.UtcNow, usd: 1);
        _ = await file.TryBeginAsync(entry, SubmissionLimits.None, Cancellation);
        await using var database = Sqlite(fixture["videos.db"]);
        _ = await Journal(database).TryBeginAsync(entry with { Fingerprint = "another" }, SubmissionLimits.None, Cancellation);

        var (code, _, error) = await fixture.RunAsync("journal", "copy", "--sqlite", "videos.db", "--journal", "journal.jsonl");

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains("another submission with the id 'order-1'", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("The journal is empty", "--sqlite", "videos.db")]
    [InlineData("Give either --sqlite or --postgresql")]
    [InlineData("Give either --sqlite or --postgresql", "--sqlite", "videos.db", "--postgresql")]
    [InlineData("--no-journal leaves nothing to copy", "--sqlite", "videos.db", "--no-journal")]
    [InlineData("Set WAN27_POSTGRESQL", "--postgresql")]
    public async Task A_mistake_is_described(string message, params string[] arguments)
    {
        await using var fixture = await CliFixture.StartAsync();

        var (code, _, error) = await fixture.RunAsync(["journal", "copy", .. arguments]);

        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("canary-password", true)]
    [InlineData("Host=/nowhere/at/all;Username=studio;Password=canary-password;Timeout=1", false)]
    public async Task A_connection_string_that_cannot_be_used_is_not_repeated(string connection, bool isMistake)
    {
        await using var fixture = await CliFixture.StartAsync();
        _ = await fixture.GenerateAsync("--no-wait");
        fixture.Environment["WAN27_POSTGRESQL"] = connection;

        var (code, _, error) = await fixture.RunAsync("journal", "copy", "--postgresql");

        Assert.Equal(isMistake ? ExitCode.Usage : ExitCode.Failed, code);
        Assert.Contains(isMistake ? "WAN27_POSTGRESQL is not a connection string" : "The database cannot be used", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submissions_are_copied_to_PostgreSQL()
    {
        PostgresCluster.Require();
        await using var cluster = await PostgresCluster.StartAsync();
        await using var fixture = await CliFixture.StartAsync();
        _ = await fixture.GenerateAsync("--no-wait");
        fixture.Environment["WAN27_POSTGRESQL"] = cluster.ConnectionString;

        var (code, output, _) = await fixture.RunAsync("journal", "copy", "--postgresql");

        Assert.Equal((ExitCode.Done, "Copied 1 submissions; 0 were in the database."), (code, output));
        await using var database = Open(options => options.UseNpgsql(cluster.ConnectionString));
        Assert.Single(await Journal(database).ReadPendingAsync(Cancellation));
    }

    private static SubmissionRecord Entry(string id, DateTimeOffset began, decimal usd) => new()
    {
        ClientRequestId = id,
        Fingerprint = new string('0', 64),
        Model = "alibaba/wan-2-7-t2v",
        State = SubmissionState.Intended,
        Budget = "team",
        EstimatedUsd = usd,
        StartedAt = began,
        RecordedAt = began,
    };

    private static async Task FinishAsync(FileSubmissionJournal journal, SubmissionRecord entry, decimal actual)
    {
        _ = await journal.TryBeginAsync(entry, SubmissionLimits.None, Cancellation);
        var id = entry.ClientRequestId;
        await journal.UpdateAsync(
            new SubmissionChange { ClientRequestId = id, GenerationId = $"gen-{id}", State = SubmissionState.Finished, ActualUsd = actual, RecordedAt = entry.RecordedAt },
            Cancellation);
    }

    private static ServiceProvider Sqlite(string path) => Open(options => options.UseSqlite($"Data Source={path}"));

    private static ServiceProvider Open(Action<DbContextOptionsBuilder> database)
    {
        var services = new ServiceCollection();
        services.AddWanVideoClient(_ => { }).AddEntityFrameworkJournal(database);
        return services.BuildServiceProvider();
    }

    private static ISubmissionJournal Journal(ServiceProvider services) => services.GetRequiredService<ISubmissionJournal>();
}
