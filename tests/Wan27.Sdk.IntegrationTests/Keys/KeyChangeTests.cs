using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Keys;

/// <summary>Keys that change during the lifetime of the client.</summary>
public sealed class KeyChangeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_that_changes_in_the_configuration_is_the_key_of_the_next_request()
    {
        await using var fixture = await WanFixture.StartAsync();
        var configuration = new ConfigurationManager();
        configuration["Wan27:BaseAddress"] = $"{fixture.Emulator.BaseAddress}";
        configuration["Wan27:ApiKey"] = "the-old-key";
        var services = new ServiceCollection();
        _ = services.AddWanVideoClient(configuration.GetSection("Wan27"));
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IWanVideoClient>();
        var refusal = await Assert.ThrowsAsync<WanApiException>(() => client.GetBalanceAsync(Cancellation));
        Assert.Equal(HttpStatusCode.Unauthorized, refusal.StatusCode);

        configuration["Wan27:ApiKey"] = fixture.Emulator.ApiKey;
        ((IConfigurationRoot)configuration).Reload();

        _ = await client.GetBalanceAsync(Cancellation);
    }

    [Theory]
    [InlineData("ApiKey", "a key with blanks", "Wan27:ApiKey: The API key holds a character at position 1")]
    [InlineData("AttemptTimeout", "nonsense", "at 'Wan27:AttemptTimeout'")]
    [InlineData("BaseAddress", "https://[", "at 'Wan27:BaseAddress'")]
    [InlineData("BaseAdress", "http://127.0.0.1", "Wan27:BaseAdress is no setting")]
    [InlineData("BaseAddress", "https://staging.example/", "BaseAddress was changed from http://127.0.0.1")]
    public async Task A_configuration_that_became_invalid_sends_nothing_and_the_error_has_the_reason(string setting, string value, string reason)
    {
        await using var fixture = await WanFixture.StartAsync();
        var configuration = new ConfigurationManager();
        configuration["Wan27:BaseAddress"] = $"{fixture.Emulator.BaseAddress}";
        configuration["Wan27:ApiKey"] = fixture.Emulator.ApiKey;
        var services = new ServiceCollection();
        _ = services.AddWanVideoClient(configuration.GetSection("Wan27"));
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IWanVideoClient>();
        _ = await client.GetBalanceAsync(Cancellation);

        configuration[$"Wan27:{setting}"] = value;
        _ = Record.Exception(((IConfigurationRoot)configuration).Reload);

        var e = await Assert.ThrowsAsync<WanConfigurationException>(() => client.CreateAsync(Samples.Text(), Cancellation));
        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
        _ = Assert.Single(fixture.Ledger.Requests);
    }

    [Fact]
    public async Task A_submission_without_a_key_leaves_its_id_free()
    {
        using var folder = new TemporaryFolder();
        var journal = new FileSubmissionJournal(folder["journal.jsonl"]);
        var isShut = true;
        await using var fixture = await WanFixture.StartAsync();
        var client = fixture.NewClient(options =>
        {
            options.Journal = journal;
            options.ApiKeyProvider = _ => isShut ? throw new InvalidOperationException("the vault is shut") : ValueTask.FromResult(fixture.Emulator.ApiKey);
        });

        _ = await Assert.ThrowsAsync<WanConfigurationException>(() => client.CreateAsync(Samples.Text("order-1"), Cancellation));
        Assert.Empty(await journal.ReadPendingAsync(Cancellation));
        isShut = false;
        var generation = await client.CreateAsync(Samples.Text("order-1"), Cancellation);

        Assert.Equal(generation.Id, Assert.Single(fixture.Ledger.Submissions).Id);
    }
}
