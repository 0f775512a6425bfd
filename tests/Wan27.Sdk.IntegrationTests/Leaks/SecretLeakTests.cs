using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Leaks;

/// <summary>Key, signature, prompt and image go through every operation and every sort of failure, and appear in no output.</summary>
[CollectionDefinition(nameof(SecretLeakTests), DisableParallelization = true)]
[Collection(nameof(SecretLeakTests))]
public sealed class SecretLeakTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_secret_appears_in_any_log_trace_metric_or_exception(bool inContainer)
    {
        using var listener = new SecretListener();
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(listener));
        await using var fixture = await WanFixture.StartAsync(emulator: options => options.ApiKey = TestSecrets.Key);
        await using var journey = new LeakScenario(fixture, listener, change => inContainer ? Registered(fixture, listener, change) : fixture.NewClient(options =>
        {
            options.LoggerFactory = loggers;
            change(options);
        }));

        await journey.RunAsync();

        Assert.True(!listener.Hits.Any(), string.Join('\n', listener.Hits.Take(5)));
        Assert.Superset(
            new HashSet<string>(["Wan27.Sdk", "System.Net.Http", .. inContainer ? new[] { "System.Net.Http.HttpClient.Wan27.Sdk.LogicalHandler", "System.Net.Http.HttpClient.Wan27.Sdk.ClientHandler" } : []]),
            listener.Ways.ToHashSet());
        Assert.Equal(
            typeof(WanException).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(Exception)) && !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal),
            journey.Met.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Bearer canary-of-the-key-0123456789")]
    [InlineData("%22a+canary+of+the+prompt%2c+on+a+perch+%26+%22singing%22")]
    [InlineData("eHggY2FuYXJ5LW9mLXRoZS1zaWduYXR1cmUgeHg=")]
    [InlineData("https://files.example/a.mp4?signature=AAAA")]
    public void A_secret_is_found_in_every_form(string text) => Assert.NotNull(TestSecrets.In(text));

    // With the framework's own request log, which is off by default, at every position.
    private static WanVideoClient Registered(WanFixture fixture, SecretListener listener, Action<WanVideoClientOptions> change)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(listener));
        services.ConfigureHttpClientDefaults(clients => clients.AddDefaultLogger());
        services.AddWanVideoClient(options =>
        {
            OptionsCopy.Copy(fixture.Options(), options);
            options.LoggerFactory = null;
            change(options);
        }).AddDefaultLogger();
        return fixture.Own(services.BuildServiceProvider()).GetRequiredService<WanVideoClient>();
    }
}
