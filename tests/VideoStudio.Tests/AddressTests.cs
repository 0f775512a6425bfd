using System.Net.Http.Json;
using System.Text.Json;
using VideoStudio.Tests.Support;

namespace VideoStudio.Tests;

/// <summary>Tests that <c>WAN27_BASE_ADDRESS</c> has the meaning that it has for the library.</summary>
public sealed class AddressTests : IAsyncLifetime
{
    private readonly DirectoryInfo data = Directory.CreateTempSubdirectory("studio-address-");
    private WanEmulator emulator = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        emulator = await WanEmulator.StartAsync(options => options.QueuedFor = options.GeneratingFor = TimeSpan.Zero, Cancellation);

    [Fact]
    public async Task Without_an_address_in_the_settings_that_of_the_environment_is_used()
    {
        await using var studio = await StartAsync(emulator.BaseAddress.AbsoluteUri);

        await GenerateAsync(studio);

        Assert.Single(emulator.Ledger.Submissions);
    }

    [Fact]
    public async Task The_address_of_the_settings_precedes_that_of_the_environment()
    {
        await using var studio = await StartAsync("https://not.used.example", ("Wan27:BaseAddress", emulator.BaseAddress.AbsoluteUri));

        await GenerateAsync(studio);

        Assert.Single(emulator.Ledger.Submissions);
    }

    [Theory]
    [InlineData("https://wan.example")]
    [InlineData("https://api.aimlapi.com")]
    public async Task An_address_that_is_not_on_this_machine_is_shown_as_the_real_service(string address)
    {
        await using var studio = await StartAsync(address);

        Assert.Equal("real", await ServiceAsync(studio));
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1:8027")]
    [InlineData("http://emulator:8027")]
    public async Task An_invalid_address_of_the_environment_ends_the_start_and_is_named(string address)
    {
        var e = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(address));

        Assert.Contains("The environment variable WAN27_BASE_ADDRESS", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_the_environment_without_a_key_ends_the_start()
    {
        var e = await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(emulator.BaseAddress.AbsoluteUri, ("AIMLAPI_API_KEY", "")));

        Assert.Contains("AIMLAPI_API_KEY", e.Message, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await emulator.DisposeAsync();
        data.Delete(recursive: true);
    }

    private Task<StudioProcess> StartAsync(string address, params (string Name, string Value)[] settings)
    {
        var environment = new Dictionary<string, string>
        {
            ["Studio:Data"] = data.FullName,
            ["AIMLAPI_API_KEY"] = emulator.ApiKey,
            ["WAN27_BASE_ADDRESS"] = address,
            ["Wan27:Polling:InitialDelay"] = "00:00:00.2",
        };
        foreach (var (name, value) in settings)
            environment[name] = value;
        return StudioProcess.StartAsync(environment);
    }

    private static async Task GenerateAsync(StudioProcess studio)
    {
        using var client = await StudioClient.ConnectAsync(studio.Address);
        await client.WaitForStateAsync(await client.GenerateAsync(), "done");
        Assert.Equal("emulator", await ServiceAsync(studio));
    }

    private static async Task<string?> ServiceAsync(StudioProcess studio)
    {
        using var http = new HttpClient { BaseAddress = studio.Address };
        return (await http.GetFromJsonAsync<JsonElement>("/api/limits", Cancellation)).GetProperty("service").GetString();
    }
}
