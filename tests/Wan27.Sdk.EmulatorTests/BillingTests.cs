using System.Net;
using Xunit;

namespace Wan27.Sdk.EmulatorTests;

public sealed class BillingTests
{
    [Fact]
    public async Task A_generation_is_charged_only_when_it_completes()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var id = await fixture.CreateGenerationAsync();

        Assert.Equal(0, fixture.Emulator.Ledger.TotalCharged);
        fixture.Clock.Advance(TimeSpan.FromSeconds(4));

        var charge = Assert.Single(fixture.Emulator.Ledger.Charges);
        Assert.Equal((id, 0.65m, fixture.Clock.GetUtcNow()), (charge.GenerationId, charge.Usd, charge.ChargedAt));
        Assert.Equal(99.35m, (decimal)(await fixture.GetJsonAsync("v2/billing"))["current_balance"]!);
    }

    [Fact]
    public async Task A_submission_is_rejected_if_running_generations_reserve_the_balance()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options.Balance = 1m);
        _ = await fixture.CreateGenerationAsync();

        using var second = await fixture.SubmitAsync();
        var body = await EmulatorFixture.ReadJsonAsync(second);

        Assert.Equal(HttpStatusCode.Forbidden, second.StatusCode);
        Assert.Equal("err_insufficent_credits", (string?)body["error"]!["data"]!["kind"]);
        Assert.Equal(403, (int)body["status"]!);
        _ = Assert.Single(fixture.Emulator.Ledger.Submissions);
        Assert.Equal(2, fixture.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task Concurrent_submissions_are_each_accepted_and_charged_once()
    {
        await using var fixture = await EmulatorFixture.StartAsync();

        var ids = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => fixture.CreateGenerationAsync()));
        fixture.Clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal(50, ids.Distinct().Count());
        Assert.Equal(ids.Order(), fixture.Emulator.Ledger.Charges.Select(charge => charge.GenerationId).Order());
        Assert.Equal(50 * 0.65m, fixture.Emulator.Ledger.TotalCharged);
    }

    [Fact]
    public async Task Transactions_are_listed_newest_first_and_paged_by_cursor()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        string[] ids =
        [
            await fixture.CreateGenerationAsync(),
            await fixture.CreateGenerationAsync(),
            await fixture.CreateGenerationAsync(),
        ];
        fixture.Clock.Advance(TimeSpan.FromSeconds(4));

        var first = await fixture.GetJsonAsync("v2/billing/transactions?limit=2");
        var last = await fixture.GetJsonAsync($"v2/billing/transactions?limit=2&cursor={first["pagination"]!["next_cursor"]}");

        Assert.Equal(ids[2], (string?)first["data"]![0]!["reference_id"]);
        Assert.True((bool)first["pagination"]!["has_more"]!);
        Assert.Equal(ids[0], (string?)last["data"]!.AsArray().Single()!["reference_id"]);
        Assert.False((bool)last["pagination"]!["has_more"]!);
        Assert.Equal(1_300_000, (long)last["data"]![0]!["amount"]!["credits"]!);
    }

    [Fact]
    public async Task A_wrong_key_is_rejected_and_the_body_is_still_counted()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Http.DefaultRequestHeaders.Authorization = new("Bearer", "wrong");

        using var response = await fixture.SubmitAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(fixture.Emulator.Ledger.Submissions);
        Assert.Equal(1, fixture.Emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task Prices_match_the_charges_and_need_no_key()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Http.DefaultRequestHeaders.Authorization = null;

        using var response = await fixture.GetAsync("v1/models?id=wan-2-7-i2v&include=pricing");
        var model = (await EmulatorFixture.ReadJsonAsync(response))["data"]!.AsArray().Single()!;

        Assert.Equal("alibaba/wan-2-7-i2v", (string?)model["id"]);
        var variant = model["pricing"]!["variants"]!.AsArray().Single(v => (string?)v!["when"]!["resolution"] == "1080p")!;
        Assert.Equal(1.95m, (decimal)variant["price"]! * 10 / (decimal)variant["per"]!);

        fixture.Http.DefaultRequestHeaders.IfNoneMatch.Add(response.Headers.ETag!);
        using var again = await fixture.GetAsync("v1/models?id=wan-2-7-i2v&include=pricing");
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task Metrics_contain_only_models_with_completed_generations()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        Assert.Empty((await fixture.GetJsonAsync("models/metrics"))["models"]!.AsArray());
        _ = await fixture.CompleteGenerationAsync();

        var model = (await fixture.GetJsonAsync("models/metrics?aliases=alibaba/wan-2-7-t2v"))["models"]!.AsArray().Single()!;
        Assert.Equal(4000, (long)model["metrics"]!["duration_ms"]!["p50"]!);
    }
}
