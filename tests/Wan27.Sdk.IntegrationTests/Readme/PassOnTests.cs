using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Readme;

/// <summary>Runs the recipe that passes a video on to a browser.</summary>
public sealed class PassOnTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(100, 199)]
    [InlineData(0, 9)]
    [InlineData(5_000, null)]
    public async Task A_range_of_the_video_is_answered_with_206(int from, int? to)
    {
        await using var emulator = await WanEmulator.StartAsync(options => options.QueuedFor = options.GeneratingFor = TimeSpan.Zero, Cancellation);
        await using var app = await StartAsync(emulator);
        var client = app.Services.GetRequiredService<IWanVideoClient>();
        var generation = await client.CreateAsync(Samples.Text(), Cancellation);
        using var whole = new MemoryStream();
        await client.DownloadAsync(await client.WaitAsync(generation, new PollingOptions { InitialDelay = TimeSpan.Zero }, cancellationToken: Cancellation), whole, cancellationToken: Cancellation);

        using var browser = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/videos/file?id={Uri.EscapeDataString(generation.Id)}");
        request.Headers.Range = new RangeHeaderValue(from, to);
        using var response = await browser.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        var end = to ?? (int)whole.Length - 1;
        Assert.Equal(new ContentRangeHeaderValue(from, end, whole.Length), response.Content.Headers.ContentRange);
        Assert.Equal(whole.ToArray()[from..(end + 1)], await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    private static async Task<WebApplication> StartAsync(WanEmulator emulator)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddWanVideoClient(options => (options.BaseAddress, options.ApiKey) = (emulator.BaseAddress, emulator.ApiKey));
        var app = builder.Build();
        DocsSamples.PassOn(app);
        await app.StartAsync(Cancellation);
        return app;
    }
}
