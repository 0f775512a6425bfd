using System.Net;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Emulator;

public sealed class MoneyTests
{
    [Fact]
    public async Task A_task_is_charged_when_it_completes_and_only_then()
    {
        await using var host = await EmulatorHost.StartAsync();
        var id = await host.AcceptAsync();

        Assert.Equal(0, host.Emulator.Ledger.TotalCharged);
        host.Clock.Advance(TimeSpan.FromSeconds(4));

        var charge = Assert.Single(host.Emulator.Ledger.Charges);
        Assert.Equal((id, 0.65m, host.Clock.GetUtcNow()), (charge.GenerationId, charge.Usd, charge.ChargedAt));
        Assert.Equal(99.35m, (decimal)(await host.GetJsonAsync("v2/billing"))["current_balance"]!);
    }

    [Fact]
    public async Task Money_in_flight_cannot_be_spent_twice()
    {
        await using var host = await EmulatorHost.StartAsync(o => o.Balance = 1m);
        _ = await host.AcceptAsync();

        using var second = await host.SubmitAsync();
        var body = await EmulatorHost.JsonAsync(second);

        Assert.Equal(HttpStatusCode.Forbidden, second.StatusCode);
        Assert.Equal("err_insufficent_credits", (string?)body["error"]!["data"]!["kind"]);
        Assert.Equal(403, (int)body["status"]!);
        _ = Assert.Single(host.Emulator.Ledger.Submissions);
        Assert.Equal(2, host.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task Many_at_once_are_each_accepted_and_charged_once()
    {
        await using var host = await EmulatorHost.StartAsync();

        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => host.AcceptAsync()));
        host.Clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(50, ids.Distinct().Count());
        Assert.Equal(ids.Order(), host.Emulator.Ledger.Charges.Select(charge => charge.GenerationId).Order());
        Assert.Equal(50 * 0.65m, host.Emulator.Ledger.TotalCharged);
    }

    [Fact]
    public async Task Transactions_are_debits_newest_first_by_cursor()
    {
        await using var host = await EmulatorHost.StartAsync();
        var ids = new[] { await host.AcceptAsync(), await host.AcceptAsync(), await host.AcceptAsync() };
        host.Clock.Advance(TimeSpan.FromSeconds(4));

        var first = await host.GetJsonAsync("v2/billing/transactions?limit=2");
        var last = await host.GetJsonAsync($"v2/billing/transactions?limit=2&cursor={first["pagination"]!["next_cursor"]}");

        Assert.Equal(ids[2], (string?)first["data"]![0]!["reference_id"]);
        Assert.True((bool)first["pagination"]!["has_more"]!);
        Assert.Equal(ids[0], (string?)last["data"]!.AsArray().Single()!["reference_id"]);
        Assert.False((bool)last["pagination"]!["has_more"]!);
        Assert.Equal(1_300_000, (long)last["data"]![0]!["amount"]!["credits"]!);
    }

    [Fact]
    public async Task A_wrong_key_is_turned_away_and_the_body_still_counts()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Http.DefaultRequestHeaders.Authorization = new("Bearer", "wrong");

        using var answer = await host.SubmitAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Empty(host.Emulator.Ledger.Submissions);
        Assert.Equal(1, host.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task Prices_match_what_is_charged_and_are_public()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Http.DefaultRequestHeaders.Authorization = null;

        using var answer = await host.GetAsync("v1/models?id=wan-2-7-i2v&include=pricing");
        var model = (await EmulatorHost.JsonAsync(answer))["data"]!.AsArray().Single()!;

        Assert.Equal("alibaba/wan-2-7-i2v", (string?)model["id"]);
        var variant = model["pricing"]!["variants"]!.AsArray().Single(v => (string?)v!["when"]!["resolution"] == "1080p")!;
        Assert.Equal(1.95m, (decimal)variant["price"]! * 10 / (decimal)variant["per"]!);

        host.Http.DefaultRequestHeaders.IfNoneMatch.Add(answer.Headers.ETag!);
        using var again = await host.GetAsync("v1/models?id=wan-2-7-i2v&include=pricing");
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Metrics_know_only_models_that_have_run()
    {
        await using var host = await EmulatorHost.StartAsync();
        Assert.Empty((await host.GetJsonAsync("models/metrics"))["models"]!.AsArray());
        _ = await host.CompleteAsync();

        var model = (await host.GetJsonAsync("models/metrics?aliases=alibaba/wan-2-7-t2v"))["models"]!.AsArray().Single()!;
        Assert.Equal(4000, (long)model["metrics"]!["duration_ms"]!["p50"]!);
    }
}
