using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.DependencyInjection;

/// <summary>Each way to register the client, used against the emulator.</summary>
public sealed class RegistrationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_an_argument_the_key_comes_from_the_environment()
    {
        await using var fixture = await WanFixture.StartAsync(emulator: options => options.ApiKey = "key-of-the-environment");
        using var environment = new EnvironmentVariable("AIMLAPI_API_KEY", "key-of-the-environment");
        var services = new ServiceCollection();
        _ = services.AddWanVideoClient();
        _ = services.Configure<WanVideoClientOptions>(options => options.BaseAddress = fixture.Emulator.BaseAddress);

        await AssertWorksAsync(services, fixture);
    }

    [Fact]
    public async Task Settings_come_from_code()
    {
        await using var fixture = await WanFixture.StartAsync();
        var services = new ServiceCollection();
        _ = services.AddWanVideoClient(options =>
        {
            options.ApiKey = fixture.Emulator.ApiKey;
            options.BaseAddress = fixture.Emulator.BaseAddress;
        });

        await AssertWorksAsync(services, fixture);
    }

    [Fact]
    public async Task Settings_come_from_configuration()
    {
        await using var fixture = await WanFixture.StartAsync();
        var services = new ServiceCollection();
        _ = services.AddWanVideoClient(
            Section("Wan27", ("Wan27:ApiKey", fixture.Emulator.ApiKey), ("Wan27:BaseAddress", $"{fixture.Emulator.BaseAddress}")));

        await AssertWorksAsync(services, fixture);
    }

    [Fact]
    public async Task Keyed_clients_use_separate_accounts()
    {
        await using var one = await WanFixture.StartAsync(emulator: options => options.ApiKey = "key-of-one");
        await using var two = await WanFixture.StartAsync(emulator: options => (options.ApiKey, options.Balance) = ("key-of-two", 7m));
        var services = new ServiceCollection();
        _ = services.AddKeyedWanVideoClient("one", options => OptionsCopy.Copy(one.Options(), options));
        _ = services.AddKeyedWanVideoClient(
            "two", Section("Two", ("Two:ApiKey", "key-of-two"), ("Two:BaseAddress", $"{two.Emulator.BaseAddress}")));
        await using var provider = services.BuildServiceProvider();

        var generation = await provider.GetRequiredKeyedService<IWanVideoClient>("one").CreateAsync(Samples.Text(), Cancellation);
        var balance = await provider.GetRequiredKeyedService<IWanVideoClient>("two").GetBalanceAsync(Cancellation);

        Assert.Equal(generation.Id, Assert.Single(one.Ledger.Submissions).Id);
        Assert.Equal(7m, balance);
        Assert.Empty(two.Ledger.Submissions);
        Assert.Null(provider.GetService<IWanVideoClient>());
    }

    [Fact]
    public async Task Keyed_clients_that_share_a_journal_resume_their_own_generations()
    {
        await using var one = await WanFixture.StartAsync();
        await using var two = await WanFixture.StartAsync();
        using var folder = new TemporaryFolder();
        var services = new ServiceCollection();
        _ = services.AddSingleton<ISubmissionJournal>(new FileSubmissionJournal(folder["journal.jsonl"]));
        foreach (var (name, emulator) in new[] { ("one", one.Emulator), ("two", two.Emulator) })
            _ = services.AddKeyedWanVideoClient(name, options => (options.ApiKey, options.BaseAddress) = (emulator.ApiKey, emulator.BaseAddress));
        await using var provider = services.BuildServiceProvider();
        var (first, second) = (provider.GetRequiredKeyedService<IWanVideoClient>("one"), provider.GetRequiredKeyedService<IWanVideoClient>("two"));

        var generation = await first.CreateAsync(Samples.Text("order-1"), Cancellation);

        Assert.Empty(await ResumeAsync(second));
        _ = await Assert.ThrowsAsync<WanValidationException>(() => second.CreateAsync(Samples.Text("order-1"), Cancellation));
        Assert.Empty(two.Ledger.Requests);
        Assert.Equal(generation.Id, Assert.Single(await ResumeAsync(first)).Generation?.Id);
    }

    private static async Task<List<GenerationOutcome>> ResumeAsync(IWanVideoClient client)
    {
        var outcomes = new List<GenerationOutcome>();
        await foreach (var outcome in client.FindPendingAsync(Cancellation))
            outcomes.Add(outcome);
        return outcomes;
    }

    [Theory]
    [InlineData("files")]
    [InlineData("Files")]
    [InlineData(".Files")]
    [InlineData("one:files")]
    [InlineData("one")]
    public async Task A_keyed_client_sends_its_own_key_whatever_its_name_is(string name)
    {
        await using var one = await WanFixture.StartAsync(emulator: options => options.ApiKey = "key-of-one");
        await using var two = await WanFixture.StartAsync(emulator: options => (options.ApiKey, options.Balance) = ("key-of-two", 7m));
        var services = new ServiceCollection();
        _ = services.AddWanVideoClient(options => OptionsCopy.Copy(one.Options(), options));
        _ = services.AddKeyedWanVideoClient(name, options => OptionsCopy.Copy(two.Options(), options));
        await using var provider = services.BuildServiceProvider();

        var balance = await provider.GetRequiredKeyedService<IWanVideoClient>(name).GetBalanceAsync(Cancellation);
        var generation = await provider.GetRequiredService<IWanVideoClient>().GenerateAndWaitAsync(Samples.Text(), cancellationToken: Cancellation);
        using var folder = new TemporaryFolder();
        await provider.GetRequiredService<IWanVideoClient>().DownloadToFileAsync(generation, folder["v.mp4"], cancellationToken: Cancellation);

        Assert.Equal(7m, balance);
        Assert.Single(two.Ledger.Requests, request => request.HasAuthorization);
        Assert.DoesNotContain(one.Ledger.Requests, request => request.HasAuthorization == (request.Operation is EmulatorOperations.File));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("studio")]
    public async Task A_second_registration_adds_settings_and_the_client_works(string? name)
    {
        await using var fixture = await WanFixture.StartAsync();
        var services = new ServiceCollection();
        foreach (var configure in new Action<WanVideoClientOptions>[] { options => OptionsCopy.Copy(fixture.Options(), options), options => options.AllowPrivateDownloads = true })
            _ = name is null ? services.AddWanVideoClient(configure) : services.AddKeyedWanVideoClient(name, configure);
        await using var provider = services.BuildServiceProvider();

        var generation = await provider.GetRequiredKeyedService<IWanVideoClient>(name).CreateAsync(Samples.Text(), Cancellation);

        Assert.Equal(generation.Id, Assert.Single(fixture.Ledger.Submissions).Id);
        Assert.True(provider.GetRequiredService<IOptionsMonitor<WanVideoClientOptions>>().Get(name).AllowPrivateDownloads);
    }

    [Fact]
    public async Task A_singleton_can_depend_on_it_and_every_consumer_gets_the_same_client()
    {
        await using var fixture = await WanFixture.StartAsync();
        var services = new ServiceCollection();
        _ = services.AddWanVideoClient(options => OptionsCopy.Copy(fixture.Options(), options));
        _ = services.AddSingleton<Studio>();
        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        await using var scope = provider.CreateAsyncScope();

        var studio = provider.GetRequiredService<Studio>();

        Assert.Same(studio.Client, scope.ServiceProvider.GetRequiredService<IWanVideoClient>());
        Assert.Same(studio.Client, provider.GetRequiredService<WanVideoClient>());
        _ = await studio.Client.CreateAsync(Samples.Text(), Cancellation);
    }

    private static IConfigurationSection Section(string name, params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
        .Build()
        .GetSection(name);

    private static async Task AssertWorksAsync(ServiceCollection services, WanFixture fixture)
    {
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IWanVideoClient>();

        var generation = await client.CreateAsync(Samples.Text(), Cancellation);
        var finished = await client.WaitAsync(generation.Id, new PollingOptions { InitialDelay = TimeSpan.Zero }, cancellationToken: Cancellation);
        await client.DownloadAsync(finished, Stream.Null, cancellationToken: Cancellation);

        Assert.Equal(generation.Id, Assert.Single(fixture.Ledger.Charges).GenerationId);
    }

    private sealed record Studio(IWanVideoClient Client);
}
