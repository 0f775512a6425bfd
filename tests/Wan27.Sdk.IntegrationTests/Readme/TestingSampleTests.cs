using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Readme;

/// <summary>Runs the samples for tests of applications.</summary>
public sealed class TestingSampleTests(DocsSamples.VideoAppFixture fixture) : IClassFixture<DocsSamples.VideoAppFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_web_application_submits_to_the_emulator_of_its_fixture()
    {
        using var browser = fixture.CreateClient();

        using var response = await browser.PostAsync("/videos?prompt=A%20fox", null, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var submission = Assert.Single(fixture.Emulator.Ledger.Submissions);
        Assert.Contains(submission.Id, await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keyed_clients_spend_on_accounts_of_their_own()
    {
        await using var emulator = await WanEmulator.StartAsync(cancellationToken: Cancellation);
        var services = new ServiceCollection();
        DocsSamples.AccountsOfEmulator(emulator, services);
        await using var provider = services.BuildServiceProvider();
        var (shop, blog) = (provider.GetRequiredKeyedService<IWanVideoClient>("shop"), provider.GetRequiredKeyedService<IWanVideoClient>("blog"));

        var generation = await shop.CreateAsync(Samples.Text(), Cancellation);

        Assert.Equal((5m, 100m), (await shop.GetBalanceAsync(Cancellation), await blog.GetBalanceAsync(Cancellation)));
        Assert.Empty(emulator.Ledger.Submissions);
        await shop.GetAsync(generation.Id, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<WanApiException>(() => blog.GetAsync(generation.Id, Cancellation))).StatusCode);
    }
}
