using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.DependencyInjection;

/// <summary>The services that the container's client uses, and what it disposes.</summary>
public sealed class CompositionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_registered_journal_and_clock_are_picked_up()
    {
        await using var fixture = await WanFixture.StartAsync();
        var clock = new FakeTimeProvider(new DateTimeOffset(2031, 5, 4, 3, 2, 1, TimeSpan.Zero));
        var journal = new FileSubmissionJournal(folder["journal.jsonl"]);
        await using var provider = Provide(fixture, services =>
        {
            _ = services.AddSingleton<TimeProvider>(clock);
            _ = services.AddSingleton<ISubmissionJournal>(journal);
        });

        var generation = await provider.GetRequiredService<IWanVideoClient>().CreateAsync(Samples.Text("order-1"), Cancellation);

        var record = Assert.Single(await journal.ReadPendingAsync(Cancellation));
        Assert.Equal(("order-1", generation.Id, clock.GetUtcNow()), (record.ClientRequestId, record.GenerationId, record.RecordedAt));
    }

    [Fact]
    public async Task Handlers_of_the_application_see_every_request_but_not_the_key()
    {
        await using var fixture = await WanFixture.StartAsync();
        var seen = new Recorder<(string Path, bool HasKey)>();
        await using var provider = Provide(fixture, _ => { }, api => api.AddHttpMessageHandler(() => new RecordingHandler(seen)));
        var client = provider.GetRequiredService<IWanVideoClient>();

        var generation = await client.CreateAsync(Samples.Text(), Cancellation);
        _ = await client.GetAsync(generation.Id, Cancellation);
        _ = await client.GetBalanceAsync(Cancellation);

        Assert.Equal(
            [("/v2/video/generations", false), ("/v2/video/generations", false), ("/v2/billing", false)],
            seen.Reports);
        Assert.All(fixture.Ledger.Requests, request => Assert.True(request.HasAuthorization));
    }

    [Fact]
    public async Task A_registered_HttpClient_with_another_address_sends_nothing()
    {
        await using var fixture = await WanFixture.StartAsync();
        await using var provider = Provide(fixture, _ => { }, api => api.ConfigureHttpClient(http => http.BaseAddress = new Uri("https://staging.example")));

        var e = await Assert.ThrowsAsync<WanConfigurationException>(
            () => provider.GetRequiredService<IWanVideoClient>().CreateAsync(Samples.Text(), Cancellation));

        Assert.StartsWith("HttpClient.BaseAddress is https://staging.example/", e.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Ledger.Requests);
    }

    [Fact]
    public async Task A_handler_that_cannot_be_created_is_reported_and_its_submission_is_forgotten()
    {
        using var folder = new TemporaryFolder();
        var journal = new FileSubmissionJournal(folder["journal.jsonl"]);
        await using var fixture = await WanFixture.StartAsync();
        await using var provider = Provide(fixture, services => services.AddSingleton<ISubmissionJournal>(journal), api => api.AddHttpMessageHandler<RecordingHandler>());

        var e = await Assert.ThrowsAsync<WanConnectionException>(
            () => provider.GetRequiredService<IWanVideoClient>().CreateAsync(Samples.Text("order"), Cancellation));

        Assert.Contains(nameof(RecordingHandler), e.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Ledger.Requests);
        Assert.Empty(await journal.ReadPendingAsync(Cancellation));
    }

    [Fact]
    public async Task The_container_disposes_its_client()
    {
        await using var fixture = await WanFixture.StartAsync();
        var provider = Provide(fixture, _ => { });
        var client = provider.GetRequiredService<IWanVideoClient>();

        await provider.DisposeAsync();

        _ = await Assert.ThrowsAsync<ObjectDisposedException>(() => client.CreateAsync(Samples.Text(), Cancellation));
        Assert.Empty(fixture.Ledger.Requests);
    }

    [Fact]
    public async Task An_HttpClient_of_the_caller_stays_open()
    {
        await using var fixture = await WanFixture.StartAsync();
        using var http = new HttpClient();
        using var files = new HttpClient();
        var client = new WanVideoClient(http, fixture.Options());
        var second = new WanVideoClient(http, files, fixture.Options());
        var generation = await client.GenerateAndWaitAsync(Samples.Text(), cancellationToken: Cancellation);
        await second.DownloadAsync(generation, Stream.Null, cancellationToken: Cancellation);

        client.Dispose();
        client.Dispose();
        second.Dispose();

        using var response = await http.GetAsync(new Uri(fixture.Emulator.BaseAddress, "v1/models"), Cancellation);
        using var file = await files.GetAsync(generation.Video!.Uri, Cancellation);
        Assert.True(response.IsSuccessStatusCode && file.IsSuccessStatusCode);
        Assert.Empty(http.DefaultRequestHeaders);
    }

    private static ServiceProvider Provide(WanFixture fixture, Action<IServiceCollection> add, Action<IHttpClientBuilder>? api = null)
    {
        var services = new ServiceCollection();
        add(services);
        var builder = services.AddWanVideoClient(options => (options.ApiKey, options.BaseAddress) = (fixture.Emulator.ApiKey, fixture.Emulator.BaseAddress));
        api?.Invoke(builder);
        return services.BuildServiceProvider();
    }

    private sealed class RecordingHandler(IProgress<(string Path, bool HasKey)> seen) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen.Report((request.RequestUri!.AbsolutePath, request.Headers.Authorization is not null));
            return base.SendAsync(request, cancellationToken);
        }
    }
}
