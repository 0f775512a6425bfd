using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.DependencyInjection;

/// <summary>An application with an invalid setting does not start, and the error names the setting.</summary>
public sealed class ValidationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("ApiKey", "two words", "Wan27:ApiKey")]
    [InlineData("ApiKey", " ", "Wan27:ApiKey")]
    [InlineData("BaseAddress", "http://api.example", "Wan27:BaseAddress")]
    [InlineData("BaseAddress", "/v2", "Wan27:BaseAddress")]
    [InlineData("AttemptTimeout", "00:00:00", "Wan27:AttemptTimeout")]
    [InlineData("ReconciliationTimeout", "-00:00:01", "Wan27:ReconciliationTimeout")]
    [InlineData("MaxInProgress", "0", "Wan27:MaxInProgress is 0; the range is 1 or more.")]
    [InlineData("QueueTimeout", "-00:00:01", "Wan27:QueueTimeout is -00:00:01; the range is 0 or more, less than 1 day.")]
    [InlineData("QueueTimeout", "24:00:00", "Wan27:QueueTimeout is 24.00:00:00")]
    [InlineData("Polling:Interval", "00:00:00", "Wan27:Polling:Interval")]
    [InlineData("AttemptTimeout", "100", "Wan27:AttemptTimeout is 100.00:00:00; the range is more than 0, less than 1 day. A number without colons is read as days, and so are hours above 23; 100 s is written 00:01:40.")]
    [InlineData("AttemptTimeout", "1", "Wan27:AttemptTimeout is 1.00:00:00")]
    [InlineData("ReconciliationTimeout", "24:00:00", "Wan27:ReconciliationTimeout is 24.00:00:00")]
    [InlineData("Polling:Timeout", "1800", "1800 s is written 00:30:00.")]
    [InlineData("Polling:Jitter", "2", "Wan27:Polling:Jitter")]
    [InlineData("BaseAdress", "http://127.0.0.1", "Wan27:BaseAdress is no setting of WanVideoClient's.")]
    [InlineData("Polling:Interva", "00:00:01", "Wan27:Polling:Interva is no setting of WanVideoClient's.")]
    public async Task An_invalid_setting_is_named_as_in_the_configuration(string key, string value, string named)
    {
        using var host = Build(builder => builder.Services.AddWanVideoClient(builder.Configuration.GetSection("Wan27")), ("Wan27:ApiKey", "good-key"), ($"Wan27:{key}", value));

        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));

        Assert.Contains(named, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("good-key", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("two words", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_invalid_settings_are_reported_at_once()
    {
        using var host = Build(
            builder => builder.Services.AddWanVideoClient(builder.Configuration.GetSection("Wan27")),
            ("Wan27:ApiKey", "two words"), ("Wan27:AttemptTimeout", "-1"), ("Wan27:Polling:Multiplier", "0.5"));

        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));

        Assert.Equal(3, e.Failures.Count());
    }

    [Fact]
    public async Task A_keyed_client_is_validated_as_well()
    {
        using var host = Build(builder =>
        {
            _ = builder.Services.AddWanVideoClient(options => options.ApiKey = "good-key");
            return builder.Services.AddKeyedWanVideoClient("second", builder.Configuration.GetSection("Accounts:Second"));
        }, ("Accounts:Second:ApiKey", "two words"));

        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));

        Assert.Contains("Accounts:Second:ApiKey", Assert.Single(e.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keyed_client_never_spends_on_the_account_of_the_environment()
    {
        using var environment = new EnvironmentVariable("AIMLAPI_API_KEY", "key-of-the-environment");
        using var host = Build(builder =>
        {
            _ = builder.Services.AddKeyedWanVideoClient("environments");
            _ = builder.Services.AddKeyedWanVideoClient("first", options => options.ApiKey = builder.Configuration["Misspelt"]);
            return builder.Services.AddKeyedWanVideoClient("second", builder.Configuration.GetSection("Accounts:Second"));
        });

        // One for each client with invalid options.
        var e = await Assert.ThrowsAsync<AggregateException>(() => host.StartAsync(Cancellation));

        Assert.Equal(
            ["WanVideoClientOptions \"first\": ApiKey", "Accounts:Second:ApiKey"],
            e.InnerExceptions.Cast<OptionsValidationException>().Select(failure => Assert.Single(failure.Failures))
                .Select(reported => reported.Replace(" is not set. Set it; a keyed client with settings of its own does not use the environment's.", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_registrations_report_an_invalid_setting_once()
    {
        using var host = Build(builder =>
        {
            _ = builder.Services.AddWanVideoClient(options => options.ApiKey = "two words");
            return builder.Services.AddWanVideoClient(options => options.LogContent = true);
        });

        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));

        Assert.StartsWith("WanVideoClientOptions.ApiKey: ", Assert.Single(e.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_misspelled_setting_in_one_of_two_sections_is_reported_by_its_full_name()
    {
        using var host = Build(builder =>
        {
            _ = builder.Services.AddWanVideoClient(builder.Configuration.GetSection("Library:Wan27"));
            return builder.Services.AddWanVideoClient(builder.Configuration.GetSection("Wan27"));
        }, ("Library:Wan27:BaseAdress", "http://127.0.0.1"), ("Wan27:ApiKey", "good-key"));

        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));

        Assert.Equal("Library:Wan27:BaseAdress is no setting of WanVideoClient's.", Assert.Single(e.Failures));
    }

    [Fact]
    public async Task Valid_settings_start()
    {
        using var host = Build(
            builder => builder.Services.AddWanVideoClient(builder.Configuration.GetSection("Wan27")),
            ("Wan27:ApiKey", "good-key"), ("Wan27:Polling:Timeout", "01:00:00"), ("Wan27:AttemptTimeout", "23:59:59.9999999"), ("Wan27:ReconciliationTimeout", "0:00:00"),
            ("Wan27:MaxInProgress", "1"), ("Wan27:QueueTimeout", "0:00:00"),
            ("Wan27:TrustedDownloadNetworks:0", "198.18.0.0/15"), ("Wan27:TrustedDownloadNetworks:1", "fd00::/8"));

        await host.StartAsync(Cancellation);

        var options = host.Services.GetRequiredService<IOptionsMonitor<WanVideoClientOptions>>().CurrentValue;
        Assert.Equal(["198.18.0.0/15", "fd00::/8"], options.TrustedDownloadNetworks.Select(network => $"{network}"));
        Assert.Equal((TimeSpan.FromHours(1), PollingOptions.Default.Interval), (options.Polling.Timeout, options.Polling.Interval));
        await host.StopAsync(Cancellation);
    }

    private static IHost Build(Func<HostApplicationBuilder, IHttpClientBuilder> register, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        _ = builder.Configuration.AddInMemoryCollection(settings
            .GroupBy(setting => setting.Key)
            .Select(same => KeyValuePair.Create(same.Key, (string?)same.Last().Value)));
        _ = register(builder);
        return builder.Build();
    }
}
