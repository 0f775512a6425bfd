namespace Wan27.Sdk.EntityFrameworkCore.Tests;

public sealed class SqliteJournalTests(SqliteDatabase database) : JournalTests(database), IClassFixture<SqliteDatabase>
{
    // A transaction of SQLite is in the process: nothing is sent.
    protected override int RoundTripsOfAWrite => 2;
}

public sealed class PostgresJournalTests(PostgresDatabase database) : JournalTests(database), IClassFixture<PostgresDatabase>
{
    protected override int RoundTripsOfAWrite => 1;

    protected override void Require() => PostgresCluster.Require();

    [Fact]
    public async Task A_database_that_went_away_is_a_typed_error_and_its_records_are_there_when_it_is_back()
    {
        Require();
        var journal = Database.Journal();
        Assert.Null(await journal.TryBeginAsync(Intent("away-1"), Cancellation));
        await ((PostgresDatabase)Database).Cluster.StopAsync();

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Unwrapped(() => journal.TryBeginAsync(Intent("away-2"), Cancellation).AsTask()));
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => Unwrapped(() => journal.RecordAsync(Accepted("away-1"), Cancellation).AsTask()));

        await ((PostgresDatabase)Database).Cluster.ResumeAsync();
        Assert.Equal(SubmissionState.Intended, (await journal.TryBeginAsync(Intent("away-1"), Cancellation))!.State);
        Assert.Null(await journal.TryBeginAsync(Intent("away-2"), Cancellation));
    }

    [Fact]
    public async Task Connections_that_the_server_ends_are_replaced_by_the_call()
    {
        Require();
        var journal = Database.Journal();
        Assert.Null(await journal.TryBeginAsync(Intent("cut-1"), Cancellation));
        await ((PostgresDatabase)Database).Cluster.StopAsync();
        await ((PostgresDatabase)Database).Cluster.ResumeAsync();

        await journal.RecordAsync(Accepted("cut-1"), Cancellation);

        Assert.Equal(SubmissionState.Accepted, (await journal.TryBeginAsync(Intent("cut-1"), Cancellation))!.State);
    }

    private static async Task Unwrapped(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (InvalidOperationException e) when (e.InnerException is not null)
        {
            throw e.InnerException;
        }
    }
}

/// <summary>What a journal must do, on each kind of database.</summary>
public abstract class JournalTests(TestDatabase database)
{
    private const decimal Price = 0.975m;

    protected TestDatabase Database => database;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract int RoundTripsOfAWrite { get; }

    protected virtual void Require()
    {
    }

    [Fact]
    public async Task A_record_is_read_as_it_was_written()
    {
        Require();
        var intent = Intent("order-1") with { Account = "shop", Budget = "trials" };
        Assert.Null(await database.Journal().TryBeginAsync(intent, Cancellation));

        Assert.Equal(intent, await database.Journal().TryBeginAsync(intent with { Fingerprint = "G" }, Cancellation));
        Assert.Contains(intent, await database.Journal().ReadPendingAsync(Cancellation));
    }

    [Fact]
    public async Task One_of_many_concurrent_callers_may_send_a_submission()
    {
        Require();
        var starts = await Task.WhenAll(Enumerable.Range(0, 16).Select(
            _ => Task.Run(() => database.Journal().TryBeginAsync(Intent("many"), SubmissionLimits.None, Cancellation).AsTask())));

        Assert.Single(starts, start => start.IsRecorded);
        Assert.All(starts.Where(start => !start.IsRecorded), start => Assert.Equal(Intent("many"), start.Known));
    }

    [Fact]
    public async Task Concurrent_callers_never_exceed_a_budget()
    {
        Require();
        const int Affordable = 7;
        var limits = new SubmissionLimits { BudgetUsd = (Affordable * Price) + 0.5m };
        var starts = await Task.WhenAll(Enumerable.Range(0, 40).Select(
            number => Task.Run(() => database.Journal().TryBeginAsync(Intent($"bought-{number}") with { Budget = "many" }, limits, Cancellation).AsTask())));

        Assert.Equal(Affordable, starts.Count(start => start.IsRecorded));
        Assert.All(starts, start => Assert.InRange(start.Totals.ReservedUsd, 0, limits.BudgetUsd.Value));
        Assert.Equal(Affordable * Price, (await TotalsAsync("many")).ReservedUsd);
    }

    [Fact]
    public async Task Concurrent_callers_never_exceed_what_may_be_in_progress()
    {
        Require();
        var limits = new SubmissionLimits { MaxInProgress = 3, InProgressSince = Now.AddHours(-1) };
        var starts = await Task.WhenAll(Enumerable.Range(0, 20).Select(
            number => Task.Run(() => database.Journal().TryBeginAsync(Intent($"running-{number}") with { Account = "running" }, limits, Cancellation).AsTask())));

        Assert.Equal(3, starts.Count(start => start.IsRecorded));
        await database.Journal().RecordAsync(Accepted((await RunningAsync())[0]) with { Account = "running", State = SubmissionState.Completed }, Cancellation);
        Assert.True((await database.Journal().TryBeginAsync(Intent("running-next") with { Account = "running" }, limits, Cancellation)).IsRecorded);
        var later = limits with { InProgressSince = Now.AddSeconds(1) };
        Assert.True((await database.Journal().TryBeginAsync(Intent("running-later") with { Account = "running" }, later, Cancellation)).IsRecorded);

        async Task<List<string>> RunningAsync() => [.. (await database.Journal().ReadPendingAsync(Cancellation))
            .Where(record => record.Account == "running").Select(record => record.ClientRequestId)];
    }

    [Theory]
    [InlineData(null, null, 0, 0.975)]
    [InlineData(SubmissionState.Accepted, null, 0.975, 0)]
    [InlineData(SubmissionState.Completed, 1.5, 1.5, 0)]
    [InlineData(SubmissionState.Finished, 0.0, 0, 0)]
    [InlineData(SubmissionState.Refused, null, 0, 0)]
    public async Task A_change_moves_the_money_once(SubmissionState? state, double? actual, double spent, double reserved)
    {
        Require();
        var budget = $"moved-{state}";
        var intent = Intent($"moved-{state}") with { Budget = budget };
        Assert.Null(await database.Journal().TryBeginAsync(intent, Cancellation));
        for (var repeat = 0; repeat < 2 && state is { } changed; repeat++)
            await database.Journal().RecordAsync(intent with { State = changed, GenerationId = $"gen-{state}", ActualUsd = (decimal?)actual }, Cancellation);

        var totals = await TotalsAsync(budget);

        Assert.Equal(((decimal)spent, (decimal)reserved), (totals.SpentUsd, totals.ReservedUsd));
    }

    [Fact]
    public async Task A_change_follows_the_rule_of_the_core()
    {
        Require();
        var journal = database.Journal();
        var number = 0;
        foreach (var from in Enum.GetValues<SubmissionState>())
        {
            foreach (var to in Enum.GetValues<SubmissionState>())
            {
                foreach (var (account, price) in new[] { ((string?)null, (decimal?)null), (null, 0.5m), ("other", 0.5m) })
                {
                    var intent = Intent($"rule-{number++}") with { Budget = "rule" };
                    Assert.Null(await journal.TryBeginAsync(intent, Cancellation));
                    var record = (ChangeTo(intent, from, null, null).ApplyTo(intent)) ?? intent;
                    await journal.UpdateAsync(ChangeTo(intent, from, null, null), Cancellation);
                    var change = ChangeTo(intent, to, account, price);
                    await journal.UpdateAsync(change, Cancellation);

                    var expected = change.ApplyTo(record) ?? record;
                    var start = await journal.TryBeginAsync(intent, new SubmissionLimits { BudgetUsd = 0 }, Cancellation);
                    Assert.Equal(expected.State is SubmissionState.Refused ? null : expected, start.Known);
                }
            }
        }
    }

    [Fact]
    public async Task A_refused_submission_may_begin_again_and_counts_once()
    {
        Require();
        var intent = Intent("again") with { Budget = "again" };
        Assert.Null(await database.Journal().TryBeginAsync(intent, Cancellation));
        await database.Journal().RecordAsync(intent with { State = SubmissionState.Refused }, Cancellation);
        Assert.Null(await database.Journal().TryBeginAsync(intent with { EstimatedUsd = 2m }, Cancellation));

        Assert.Equal(2m, (await TotalsAsync("again")).ReservedUsd);
    }

    [Fact]
    public async Task A_period_counts_from_its_first_day()
    {
        Require();
        var journal = database.Journal();
        foreach (var days in new[] { 0, 1, 40 })
            Assert.Null(await journal.TryBeginAsync(Intent($"day-{days}") with { Budget = "days", StartedAt = Now.AddDays(days) }, Cancellation));

        Assert.Equal(3 * Price, (await TotalsAsync("days")).ReservedUsd);
        Assert.Equal(2 * Price, (await TotalsAsync("days", DateOnly.FromDateTime(Now.UtcDateTime).AddDays(1))).ReservedUsd);
        var full = new SubmissionLimits { BudgetUsd = 2 * Price, PeriodStart = DateOnly.FromDateTime(Now.UtcDateTime).AddDays(1) };
        Assert.False((await journal.TryBeginAsync(Intent("day-x") with { Budget = "days", StartedAt = Now.AddDays(2) }, full, Cancellation)).IsRecorded);
        Assert.True((await journal.TryBeginAsync(Intent("day-x") with { Budget = "days" }, full with { BudgetUsd = 3 * Price }, Cancellation)).IsRecorded);
    }

    [Fact]
    public async Task A_change_is_found_by_the_generation()
    {
        Require();
        Assert.Null(await database.Journal().TryBeginAsync(Intent("found") with { Budget = "found" }, Cancellation));
        await database.Journal().RecordAsync(Accepted("found"), Cancellation);

        await database.Journal().UpdateAsync(
            new SubmissionChange { GenerationId = "gen-found", State = SubmissionState.Finished, ActualUsd = 0.4m, RecordedAt = Now }, Cancellation);

        Assert.Equal(0.4m, (await TotalsAsync("found")).SpentUsd);
        Assert.DoesNotContain(await database.Journal().ReadPendingAsync(Cancellation), record => record.ClientRequestId == "found");
    }

    [Fact]
    public async Task A_start_takes_at_most_two_round_trips_and_a_change_one_over_the_network()
    {
        Require();
        var journal = database.Journal();
        Assert.Null(await journal.TryBeginAsync(Intent("warm"), Cancellation));
        database.Reset();

        Assert.Null(await journal.TryBeginAsync(Intent("counted"), new SubmissionLimits { BudgetUsd = 1000, MaxInProgress = 1000 }, Cancellation) is { IsRecorded: true } ? null : "refused");
        Assert.Equal(RoundTripsOfAWrite, database.Count);
        database.Reset();
        await journal.RecordAsync(Accepted("counted"), Cancellation);
        Assert.Equal(RoundTripsOfAWrite, database.Count);
    }

    [Fact]
    public async Task Journals_that_start_at_once_create_the_tables_once()
    {
        Require();
        var pending = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => database.Journal().ReadPendingAsync(Cancellation).AsTask())));

        Assert.Equal(8, pending.Length);
    }

    protected static DateTimeOffset Now { get; } = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    protected static SubmissionRecord Intent(string id) => new()
    {
        ClientRequestId = id,
        Fingerprint = "F",
        Model = "m",
        State = SubmissionState.Intended,
        EstimatedUsd = Price,
        StartedAt = Now,
        RecordedAt = Now,
    };

    protected static SubmissionRecord Accepted(string id) => Intent(id) with { State = SubmissionState.Accepted, GenerationId = $"gen-{id}" };

    private static SubmissionChange ChangeTo(SubmissionRecord record, SubmissionState state, string? account, decimal? price) => new()
    {
        ClientRequestId = record.ClientRequestId,
        GenerationId = state is SubmissionState.Refused or SubmissionState.Intended ? null : $"gen-{record.ClientRequestId}",
        Account = account,
        State = state,
        ActualUsd = price,
        RecordedAt = Now.AddMinutes(1),
    };

    private async Task<SubmissionTotals> TotalsAsync(string budget, DateOnly? from = null) =>
        await database.Journal().ReadTotalsAsync(budget, null, new SubmissionLimits { PeriodStart = from }, Cancellation);
}
