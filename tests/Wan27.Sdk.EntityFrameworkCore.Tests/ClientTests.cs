using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wan27.Sdk.Emulator;

namespace Wan27.Sdk.EntityFrameworkCore.Tests;

/// <summary>The client of a container with the journal in PostgreSQL, against the emulator.</summary>
public sealed class ClientTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const decimal Price = 0.975m;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_instances_share_submissions_and_the_budget()
    {
        PostgresCluster.Require();
        await using var emulator = await WanEmulator.StartAsync(options => options.Balance = 1_000, Cancellation);
        await using var one = Instance(emulator, 20 * Price, "shared");
        await using var two = Instance(emulator, 20 * Price, "shared");
        var clients = new[] { one, two }.Select(instance => instance.GetRequiredService<IWanVideoClient>()).ToList();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 80).Select(
            number => Record.ExceptionAsync(() => clients[number % 2].CreateAsync(Request($"order-{number / 2}"), Cancellation)).AsTask()));

        Assert.All(outcomes.OfType<Exception>(), error => Assert.True(Assert.IsType<WanValidationException>(error).IsBudgetExceeded));
        Assert.Equal(20, emulator.Ledger.Submissions.Count);
        Assert.Equal(20, emulator.Ledger.Submissions.Select(submission => submission.ClientRequestId).Distinct().Count());
        await one.GetRequiredService<SpendingBudget>().RefreshAsync(one.GetRequiredService<ISubmissionJournal>(), cancellationToken: Cancellation);
        Assert.Equal((20 * Price, 0m), (one.GetRequiredService<SpendingBudget>().SpentUsd, one.GetRequiredService<SpendingBudget>().ReservedUsd));
    }

    [Fact]
    public async Task A_database_that_goes_away_between_the_intent_and_the_response_loses_nothing()
    {
        PostgresCluster.Require();
        await using var emulator = await WanEmulator.StartAsync(options => options.Balance = 1_000, Cancellation);
        await using var one = Instance(emulator, 1_000m);
        var client = one.GetRequiredService<IWanVideoClient>();
        _ = await client.CreateAsync(Request("before"), Cancellation);
        emulator.Script(
            submission =>
            {
                database.Cluster.StopAsync().GetAwaiter().GetResult();
                return false;
            },
            new EmulatorScript());

        var accepted = await client.CreateAsync(Request("away"), Cancellation);
        var refused = await Assert.ThrowsAsync<WanConfigurationException>(() => client.CreateAsync(Request("after"), Cancellation));
        await database.Cluster.ResumeAsync();

        Assert.Equal(nameof(WanVideoClientOptions.Journal), refused.Setting);
        Assert.Equal(["before", "away"], emulator.Ledger.Submissions.Select(submission => submission.ClientRequestId));
        await using var next = Instance(emulator, 1_000m);
        var found = new List<GenerationOutcome>();
        await foreach (var outcome in next.GetRequiredService<IWanVideoClient>().FindPendingAsync(Cancellation))
            found.Add(outcome);
        Assert.Equal(accepted.Id, Assert.Single(found, outcome => outcome.ClientRequestId == "away").Generation?.Id);
        Assert.Equal(accepted.Id, (await next.GetRequiredService<IWanVideoClient>().CreateAsync(Request("away"), Cancellation)).Id);
        Assert.Equal(2, emulator.Ledger.Submissions.Count);
    }

    private static TextToVideoRequest Request(string id) => new() { Prompt = "a lighthouse", Duration = VideoDuration.FiveSeconds, ClientRequestId = id };

    private ServiceProvider Instance(WanEmulator emulator, decimal limit, string? budget = null)
    {
        var services = new ServiceCollection();
        services.AddDbContextFactory<ShopContext>(options => options.UseNpgsql(database.Cluster.ConnectionString));
        services.AddSingleton(new SpendingBudget(limit) { Name = budget });
        services.AddWanVideoClient(options => (options.ApiKey, options.BaseAddress) = (emulator.ApiKey, emulator.BaseAddress))
            .AddEntityFrameworkJournal<ShopContext>();
        var provider = services.BuildServiceProvider();
        using var context = provider.GetRequiredService<IDbContextFactory<ShopContext>>().CreateDbContext();
        context.Database.EnsureCreated();
        return provider;
    }

    /// <summary>A context of an application, with a table of its own and a schema for its submissions.</summary>
    private sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<Order>();
            modelBuilder.AddWanSubmissions(schema: "wan");
        }
    }

    private sealed class Order
    {
        public int Id { get; set; }
    }
}
