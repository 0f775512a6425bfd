using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Readme;

/// <summary>The durable service of the README, run. Its database and its videos are in the working folder.</summary>
public sealed class JobsSampleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_durable_service_saves_each_video_after_the_response()
    {
        var (order, clock) = ($"{Guid.NewGuid():N}", new FakeTimeProvider(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero)));
        var video = $"order-{order}.mp4";
        await using var emulator = await WanEmulator.StartAsync(options => options.TimeProvider = clock, Cancellation);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Wan27:ApiKey"] = emulator.ApiKey,
            ["Wan27:BaseAddress"] = emulator.BaseAddress.AbsoluteUri,
            ["Wan27:AttemptTimeout"] = "23:00:00",
        });
        await using var app = DocsSamples.DurableService(builder);
        await app.StartAsync(Cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var response = await http.PostAsync($"/orders/{order}/video?prompt=a+lighthouse", content: null, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        for (var patience = Stopwatch.StartNew(); !File.Exists(video); await Task.Delay(TimeSpan.FromMilliseconds(5), Cancellation))
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(60), "There is no video.");
            clock.Advance(TimeSpan.FromMilliseconds(200));
        }

        await app.StopAsync(Cancellation);
        Assert.Single(emulator.Ledger.Charges);
        File.Delete(video);
    }
}
