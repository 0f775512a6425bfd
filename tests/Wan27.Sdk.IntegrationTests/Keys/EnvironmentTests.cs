using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Keys;

/// <summary>Tests that change the environment, which all tests share.</summary>
[CollectionDefinition(nameof(EnvironmentTests), DisableParallelization = true)]
[Collection(nameof(EnvironmentTests))]
public sealed class EnvironmentTests : IDisposable
{
    private readonly List<EnvironmentVariable> variables = [new("AIMLAPI_API_KEY", null), new("AIML_API_KEY", null), new("WAN27_BASE_ADDRESS", null)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        for (var i = variables.Count - 1; i >= 0; i--)
            variables[i].Dispose();
    }

    [Fact]
    public void A_missing_key_is_an_error_of_the_library_that_names_the_variables()
    {
        foreach (var create in new Func<WanVideoClient>[] { WanVideoClient.FromEnvironment, () => new(new WanVideoClientOptions()), () => new(new WanVideoClientOptions { ApiKey = "" }) })
        {
            var e = Assert.Throws<WanConfigurationException>(create);

            Assert.Equal("WanVideoClientOptions.ApiKey is not set. Set it, or the environment variable AIMLAPI_API_KEY or AIML_API_KEY.", e.Message);
            Assert.Equal("ApiKey", e.Setting);
        }
    }

    [Fact]
    public void An_invalid_key_of_the_environment_is_reported_with_its_variable()
    {
        Set("AIML_API_KEY", "canary key");

        var e = Assert.Throws<WanConfigurationException>(WanVideoClient.FromEnvironment);

        Assert.StartsWith("The environment variable AIML_API_KEY: The API key ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("section")]
    [InlineData("delegate")]
    [InlineData("options")]
    public async Task An_empty_key_in_the_settings_does_not_hide_that_of_the_environment(string way)
    {
        await using var emulator = await WanEmulator.StartAsync(cancellationToken: Cancellation);
        Set("AIMLAPI_API_KEY", emulator.ApiKey);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Wan27:ApiKey", ""), new("Wan27:BaseAddress", emulator.BaseAddress.AbsoluteUri)]).Build().GetSection("Wan27");
        var services = new ServiceCollection();
        if (way == "section")
            services.AddWanVideoClient(configuration);
        else if (way == "delegate")
            services.AddWanVideoClient(options => (options.ApiKey, options.BaseAddress) = (configuration["ApiKey"], emulator.BaseAddress));
        else
            services.AddSingleton(new WanVideoClient(new WanVideoClientOptions { ApiKey = "", BaseAddress = emulator.BaseAddress }));
        await using var provider = services.BuildServiceProvider();

        Assert.True(await provider.GetRequiredService<WanVideoClient>().GetBalanceAsync(Cancellation) > 0);
    }

    [Theory]
    [InlineData("FromEnvironment")]
    [InlineData("a key")]
    [InlineData("a container")]
    [InlineData("a keyed client")]
    public async Task The_address_of_the_environment_is_used(string way)
    {
        await using var emulator = await WanEmulator.StartAsync(cancellationToken: Cancellation);
        Set("AIMLAPI_API_KEY", emulator.ApiKey);
        Set("WAN27_BASE_ADDRESS", emulator.BaseAddress.AbsoluteUri);
        var services = new ServiceCollection();
        services.AddWanVideoClient();
        services.AddKeyedWanVideoClient("keyed", options => options.ApiKey = emulator.ApiKey);
        await using var provider = services.BuildServiceProvider();
        var client = way switch
        {
            "FromEnvironment" => WanVideoClient.FromEnvironment(),
            "a key" => new WanVideoClient(emulator.ApiKey),
            "a container" => provider.GetRequiredService<WanVideoClient>(),
            _ => provider.GetRequiredKeyedService<WanVideoClient>("keyed"),
        };

        Assert.True(await client.GetBalanceAsync(Cancellation) > 0);
        client.Dispose();
    }

    [Fact]
    public async Task An_address_that_is_set_precedes_that_of_the_environment()
    {
        await using var emulator = await WanEmulator.StartAsync(cancellationToken: Cancellation);
        Set("WAN27_BASE_ADDRESS", "https://not.used.example");
        using var client = new WanVideoClient(new WanVideoClientOptions { ApiKey = emulator.ApiKey, BaseAddress = emulator.BaseAddress });

        Assert.True(await client.GetBalanceAsync(Cancellation) > 0);
    }

    [Theory]
    [InlineData("", "is not an absolute address.")]
    [InlineData(" ", "is not an absolute address.")]
    [InlineData("127.0.0.1:8027", "is not an absolute address.")]
    [InlineData("http://emulator:8027", "has the scheme 'http'")]
    [InlineData("https://user:canary@api.aimlapi.com", "has user information")]
    public void An_invalid_address_of_the_environment_is_never_the_real_service(string address, string problem)
    {
        Assert.SkipWhen(address.Length == 0 && Environment.Version.Major < 9, "A process cannot set an empty variable before .NET 9.");
        Set("AIMLAPI_API_KEY", "key");
        Set("WAN27_BASE_ADDRESS", address);

        var e = Assert.Throws<WanConfigurationException>(WanVideoClient.FromEnvironment);

        Assert.StartsWith($"The environment variable WAN27_BASE_ADDRESS {problem}", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", e.Message, StringComparison.Ordinal);
        Assert.Equal("BaseAddress", e.Setting);
    }

    [Fact]
    public void An_empty_key_that_is_passed_is_not_replaced_by_that_of_the_environment()
    {
        Set("AIMLAPI_API_KEY", "key-of-the-environment");

        Assert.Equal("apiKey", Assert.Throws<ArgumentException>(() => new WanVideoClient("")).ParamName);
    }

    [Fact]
    public void A_container_without_a_key_names_the_variables()
    {
        var services = new ServiceCollection();
        services.AddWanVideoClient();
        using var provider = services.BuildServiceProvider();

        var e = Assert.Throws<OptionsValidationException>(provider.GetRequiredService<WanVideoClient>);

        Assert.Contains("AIMLAPI_API_KEY or AIML_API_KEY", e.Message, StringComparison.Ordinal);
    }

    private void Set(string name, string value) => variables.Add(new EnvironmentVariable(name, value));
}
