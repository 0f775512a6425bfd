using System.Diagnostics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Wan27.Sdk.TestSupport.Measuring;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Waiting;

/// <summary>Counts bytes and connections while the process does nothing else.</summary>
[CollectionDefinition(nameof(WaitMemoryTests), DisableParallelization = true)]
[Collection(nameof(WaitMemoryTests))]
public sealed class WaitMemoryTests(ITestOutputHelper output) : IDisposable
{
    private static readonly bool IsUnoptimized =
        typeof(WanVideoClient).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true };

    private readonly IDisposable silence = SuiteListener.Pause();
    private readonly LoopbackServer server = new();

    public void Dispose()
    {
        server.Dispose();
        silence.Dispose();
    }

    [Fact]
    public async Task A_poll_allocates_little_more_than_its_request()
    {
        Assert.SkipWhen(IsUnoptimized, "Without optimization every call of an async method allocates: run with -c Release.");
        using var client = new WanVideoClient(new WanVideoClientOptions { ApiKey = "test", BaseAddress = server.BaseAddress });

        var allocated = await Measure.AllocatedAsync(() => client.GetAsync("bench-0000000000000001", TestContext.Current.CancellationToken), 4_000);

        output.WriteLine($"{allocated} bytes for each poll");
        Assert.InRange(allocated, 0, 5_000);
    }

    /// <summary>The application's handlers hold the request, so a copy is sent.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_poll_through_the_container_allocates_a_client_and_a_copy_below_handlers(bool hasHandler)
    {
        Assert.SkipWhen(IsUnoptimized, "Without optimization every call of an async method allocates: run with -c Release.");
        var services = new ServiceCollection();
        var api = services.AddWanVideoClient(options => (options.ApiKey, options.BaseAddress) = ("test", server.BaseAddress));
        if (hasHandler)
            _ = api.AddHttpMessageHandler(() => new PassingHandler());
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IWanVideoClient>();

        var allocated = await Measure.AllocatedAsync(() => client.GetAsync("bench-0000000000000001", TestContext.Current.CancellationToken), 4_000);

        output.WriteLine($"{allocated} bytes for each poll");
        Assert.InRange(allocated, 0, hasHandler ? 5_400 : 5_000);
    }

    [Fact]
    public async Task Each_of_ten_thousand_waits_holds_little()
    {
        Assert.SkipWhen(IsUnoptimized, "Without optimization every call of an async method allocates: run with -c Release.");
        using var waits = new Waits(server);

        var held = await waits.LiveBytesAsync();

        output.WriteLine($"{held} bytes for each wait");
        Assert.InRange(held, 0, 1_500);
    }

    [Fact]
    public async Task Ten_thousand_polls_in_the_same_moment_share_64_connections()
    {
        using var waits = new Waits(server);

        var (connections, growth) = await waits.HerdAsync();

        output.WriteLine($"{connections} connections, {growth >> 20} MB more");
        Assert.InRange(connections, 1, 64);
    }

    private sealed class PassingHandler : DelegatingHandler;
}
