using System.Net;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests;

public sealed class AccountTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_account_has_its_own_balance_ledger_and_generations()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var second = fixture.Emulator.AddAccount("second-key", balance: 1m);
        var first = await fixture.CreateGenerationAsync();

        Use(fixture, second.ApiKey);
        var own = await fixture.CreateGenerationAsync();
        using var foreign = await fixture.Http.GetAsync($"v2/video/generations?generation_id={first}", Cancellation);
        using var unaffordable = await fixture.SubmitAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.Forbidden), (foreign.StatusCode, unaffordable.StatusCode));
        Assert.Equal([own], second.Ledger.Charges.Select(charge => charge.GenerationId));
        Assert.Equal([first], fixture.Emulator.Ledger.Charges.Select(charge => charge.GenerationId));
        Assert.Equal(0.35m, (decimal)(await fixture.GetJsonAsync("v2/billing"))["current_balance"]!);
        Assert.Equal((99.35m, 0.35m), (fixture.Emulator.Ledger.Balance, second.Ledger.Balance));
        Assert.Single((await fixture.GetJsonAsync("v2/logs"))["data"]!.AsArray());
        Assert.Equal((1, 2), (fixture.Emulator.Ledger.CompleteSubmissionBodies, second.Ledger.CompleteSubmissionBodies));
    }

    [Fact]
    public async Task Files_and_metrics_are_those_of_all_accounts()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var second = fixture.Emulator.AddAccount("second-key");
        Use(fixture, second.ApiKey);
        var id = await fixture.CreateGenerationAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(4));
        var url = (string)(await fixture.GetJsonAsync($"v2/video/generations?generation_id={id}"))["video"]!["url"]!;

        using var file = await fixture.Files.GetAsync(url, Cancellation);

        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
        var metrics = await fixture.Http.GetStringAsync("models/metrics?aliases=alibaba/wan-2-7-t2v", Cancellation);
        Assert.Contains("duration_ms", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_accounts_cannot_have_the_same_key()
    {
        await using var fixture = await EmulatorFixture.StartAsync();

        var error = Assert.Throws<ArgumentException>(() => fixture.Emulator.AddAccount(fixture.Emulator.ApiKey));

        Assert.DoesNotContain(fixture.Emulator.ApiKey, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_before_the_body_if_the_client_waits_for_that()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        Use(fixture, "unknown-key");
        fixture.Http.DefaultRequestHeaders.ExpectContinue = true;
        var body = EmulatorFixture.TextToVideo.Replace("dusk", new string('x', 2000), StringComparison.Ordinal);

        using var response = await fixture.SubmitAsync(body);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(0, Assert.Single(fixture.Emulator.Ledger.Requests).BodyLength);
    }

    private static void Use(EmulatorFixture fixture, string apiKey) => fixture.Http.DefaultRequestHeaders.Authorization = new("Bearer", apiKey);
}
