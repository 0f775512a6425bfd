using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wan27.Sdk;

namespace VideoStudio.BrowserTests;

/// <summary>A player jumps in a video that an application passes on without saving it.</summary>
public sealed class SeekingTests(Chromium chromium)
{
    private const string Player = "<!doctype html><html lang=en><title>Player</title><video src=/video preload=metadata muted></video></html>";

    private const string Seek =
        """
        async () => {
          const video = document.querySelector('video');
          if (video.readyState < 1) await new Promise(done => video.addEventListener('loadedmetadata', done, { once: true }));
          const seeked = new Promise(done => video.addEventListener('seeked', done, { once: true }));
          video.currentTime = 4;
          await seeked;
          return [video.currentTime, video.seekable.end(0)];
        }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_player_jumps_to_any_position()
    {
        await using var emulator = await WanEmulator.StartAsync(options => options.QueuedFor = options.GeneratingFor = TimeSpan.Zero, Cancellation);
        var statuses = new List<int>();
        await using var app = await StartAsync(emulator, statuses);
        await using var context = await chromium.OpenAsync(new());
        var page = await context.NewPageAsync();

        await page.GotoAsync(app.Urls.Single());
        var positions = await page.EvaluateAsync<double[]>(Seek);

        Assert.Equal(4, positions[0], tolerance: 0.1);
        Assert.Equal(5, positions[1], tolerance: 0.1);
        Assert.NotEmpty(statuses);
        Assert.All(statuses, status => Assert.Equal(StatusCodes.Status206PartialContent, status));
        await app.StopAsync(Cancellation);
    }

    private static async Task<WebApplication> StartAsync(WanEmulator emulator, List<int> statuses)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddWanVideoClient(options => (options.BaseAddress, options.ApiKey) = (emulator.BaseAddress, emulator.ApiKey));
        var app = builder.Build();
        var client = app.Services.GetRequiredService<IWanVideoClient>();
        var created = await client.CreateAsync(
            new TextToVideoRequest { Prompt = "The lamp turns.", Duration = VideoDuration.FiveSeconds, Resolution = VideoResolution.P720 }, Cancellation);
        app.MapGet("/", () => Results.Content(Player, "text/html"));
        app.MapGet("/video", async (HttpContext context) =>
        {
            context.Response.OnStarting(() =>
            {
                lock (statuses)
                    statuses.Add(context.Response.StatusCode);
                return Task.CompletedTask;
            });
            var video = await client.OpenReadAsync(await client.GetAsync(created.Id, context.RequestAborted), cancellationToken: context.RequestAborted);
            return Results.Stream(video, "video/mp4", enableRangeProcessing: true);
        });
        await app.StartAsync(Cancellation);
        return app;
    }
}
