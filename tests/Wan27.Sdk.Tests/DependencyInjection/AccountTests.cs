using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Wan27.Sdk.Tests.DependencyInjection;

/// <summary>The account with which each registered client submits.</summary>
public sealed class AccountTests
{
    private static readonly IConfigurationSection Section = new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?> { ["Wan27:ApiKey"] = ScriptedService.Key, ["Wan27:Account"] = "configured" })
        .Build().GetSection("Wan27");

    [Fact]
    public void A_keyed_client_has_its_own_account_unless_one_is_set()
    {
        Assert.Null(OptionsOf("", services => services.AddWanVideoClient(SetKey)).Account);
        Assert.Equal("studio", OptionsOf("studio", services => services.AddKeyedWanVideoClient("studio", SetKey)).Account);
        Assert.Equal("configured", OptionsOf("studio", services => services.AddKeyedWanVideoClient("studio", Section)).Account);
        Assert.Null(OptionsOf("studio", services => services.AddKeyedWanVideoClient("studio", options => (options.ApiKey, options.Account) = (ScriptedService.Key, null))).Account);
    }

    [Fact]
    public void A_second_registration_keeps_the_account_and_takes_no_key_of_the_environment()
    {
        var options = OptionsOf("studio", services =>
        {
            _ = services.AddKeyedWanVideoClient("studio", Section);
            _ = services.AddKeyedWanVideoClient("studio");
        });

        Assert.Equal("configured", options.Account);
        Assert.False(options.MayAskEnvironment);
    }

    private static void SetKey(WanVideoClientOptions options) => options.ApiKey = ScriptedService.Key;

    private static WanVideoClientOptions OptionsOf(string name, Action<IServiceCollection> register)
    {
        var services = new ServiceCollection();
        register(services);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<WanVideoClientOptions>>().Get(name);
    }
}
