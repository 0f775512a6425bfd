using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Verbs;

public sealed class CostTests
{
    private const string WithoutUsage = """{"id":"{id}","status":"{status}","video":{"url":"{url}"},"error":null,"meta":null}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_estimate_equals_the_charge_for_every_resolution_and_duration()
    {
        await using var fixture = await WanFixture.StartAsync();
        VideoResolution?[] resolutions = [VideoResolution.P720, VideoResolution.P1080, null];
        VideoDuration?[] durations = [VideoDuration.FiveSeconds, VideoDuration.TenSeconds, VideoDuration.FifteenSeconds, null];
        var requests = from resolution in resolutions from duration in durations select Samples.Text() with { Resolution = resolution, Duration = duration };

        foreach (var request in requests)
        {
            var estimate = await fixture.Client.EstimateCostAsync(request, Cancellation);
            var video = await fixture.Client.GenerateAndWaitAsync(request, cancellationToken: Cancellation);

            Assert.Equal((true, video.Cost.Usd), (estimate.IsEstimate, estimate.Usd));
            Assert.Equal((true, "answer"), (video.Cost.IsFinal, video.Cost.Source));
            Assert.Equal(fixture.Ledger.Charges[^1].Usd, video.Cost.Usd);
        }

        Assert.Single(fixture.Ledger.Requests, request => request.Operation is EmulatorOperations.Models);
    }

    [Fact]
    public async Task An_accepted_generation_shows_its_price_before_it_is_charged()
    {
        await using var fixture = await WanFixture.StartAsync(emulator: options => options.GeneratingFor = TimeSpan.FromHours(1));

        var accepted = await fixture.Client.CreateAsync(Samples.Text(), Cancellation);

        Assert.Equal((false, 0.65m), (accepted.Cost.IsFinal, accepted.Cost.Usd));
        Assert.Equal((false, null), ((await fixture.Client.GetAsync(accepted.Id, Cancellation)).Cost.IsFinal, (await fixture.Client.GetCostAsync(accepted, Cancellation)).Usd));
        Assert.DoesNotContain(fixture.Ledger.Requests, request => request.Operation is EmulatorOperations.Logs);
    }

    [Fact]
    public async Task The_headers_supply_a_cost_that_the_body_lacks()
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Script(new EmulatorScript { ResponseJson = WithoutUsage });

        var video = await fixture.Client.GenerateAndWaitAsync(Samples.Text(), cancellationToken: Cancellation);

        Assert.Equal((true, 0.65m, "header"), (video.Cost.IsFinal, video.Cost.Usd, video.Cost.Source));
    }

    [Fact]
    public async Task The_log_supplies_a_cost_that_neither_body_nor_headers_have()
    {
        await using var fixture = await WithoutCostInResponsesAsync();

        var video = await fixture.Client.GenerateAndWaitAsync(Samples.Text(), cancellationToken: Cancellation);
        var cost = await fixture.Client.GetCostAsync(video, Cancellation);

        Assert.Equal((false, null), (video.Cost.IsFinal, video.Cost.Usd));
        Assert.Equal((true, 0.65m, "log"), (cost.IsFinal, cost.Usd, cost.Source));
        Assert.Equal(cost, await fixture.Client.GetCostAsync(video with { Cost = cost }, Cancellation));
    }

    [Fact]
    public async Task A_late_log_makes_the_cost_pending()
    {
        await using var fixture = await WithoutCostInResponsesAsync(options => options.LogDelay = TimeSpan.FromDays(1));

        var video = await fixture.Client.GenerateAndWaitAsync(Samples.Text("order-1"), cancellationToken: Cancellation);
        var cost = await fixture.Client.GetCostAsync(video, Cancellation);

        Assert.Equal((false, null, null), (cost.IsFinal, cost.Usd, cost.Source));
        Assert.Contains("log", cost.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_generation_cost_nothing()
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.FailWith("Policy", "no"));

        var error = await Assert.ThrowsAsync<WanGenerationFailedException>(
            () => fixture.Client.GenerateAndWaitAsync(Samples.Text(), cancellationToken: Cancellation));

        Assert.Equal((true, 0m), (error.Generation.Cost.IsFinal, error.Generation.Cost.Usd));
    }

    [Fact]
    public async Task A_model_that_is_not_listed_is_unknown()
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.UnlistedModel());

        Assert.False((await fixture.Client.EstimateCostAsync(Samples.Text(), Cancellation)).IsFinal);
    }

    private static async Task<WanFixture> WithoutCostInResponsesAsync(Action<WanEmulatorOptions>? emulator = null)
    {
        var fixture = await WanFixture.StartAsync(emulator: emulator);
        fixture.Emulator.Script(new EmulatorScript { ResponseJson = WithoutUsage });
        fixture.Emulator.Faults.Add(
            EmulatorFault.TruncateBody(int.MaxValue).WithHeader("x-aimlapi-usd-spent", null).WithHeader("x-aimlapi-credits-used", null)
                .On(EmulatorOperations.Get).Always());
        return fixture;
    }
}
