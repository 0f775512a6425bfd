using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Readme;

/// <summary>The samples of the READMEs and of one page under docs, compiled. Each is between two marks with its name, and is compared with its page line by line.</summary>
public static class ReadmeSamples
{
    public static async Task FirstVideoAsync()
    {
        // <first-video>
        using var client = WanVideoClient.FromEnvironment();

        VideoGeneration generation = await client.GenerateAndWaitAsync(new ImageToVideoRequest
        {
            Prompt = "The lamp of the lighthouse turns.",
            Image = MediaSource.FromFile("lighthouse.png"),    // or FromUri, FromBytes, FromStream
            Resolution = VideoResolution.P720,
            Duration = VideoDuration.FiveSeconds,
        });
        await client.DownloadToFileAsync(generation, "lighthouse.mp4");
        // </first-video>
    }

    public static async Task<VideoGeneration> WaitWithProgressAsync(IWanVideoClient client, VideoGenerationRequest request, CancellationToken cancellationToken)
    {
        // <wait-with-progress>
        var progress = new Progress<GenerationProgress>(p => Console.WriteLine($"{p.GenerationId}: {p.Status} after {p.Elapsed.TotalSeconds:0} s"));
        VideoGeneration generation = await client.GenerateAndWaitAsync(request, progress: progress, cancellationToken: cancellationToken);
        // </wait-with-progress>
        return generation;
    }

    public static async Task ByHandAsync(string apiKey)
    {
        // <by-hand>
        using var http = new HttpClient { BaseAddress = new Uri("https://api.aimlapi.com") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);

        using var response = await http.PostAsJsonAsync("v2/video/generations", new { model = "alibaba/wan-2-7-t2v", prompt = "A fox in the snow." });
        var generation = await response.Content.ReadFromJsonAsync<JsonElement>();
        var id = generation.GetProperty("id").GetString()!;
        while (generation.GetProperty("status").GetString() is "queued" or "generating")
        {
            await Task.Delay(TimeSpan.FromSeconds(15));
            generation = await http.GetFromJsonAsync<JsonElement>($"v2/video/generations?generation_id={Uri.EscapeDataString(id)}");
        }

        await using var video = await http.GetStreamAsync(generation.GetProperty("video").GetProperty("url").GetString());
        await using var file = File.Create("fox.mp4");
        await video.CopyToAsync(file);
        // </by-hand>
    }

    public static async Task BySdkAsync(string apiKey)
    {
        // <by-sdk>
        using var client = new WanVideoClient(apiKey);
        VideoGeneration generation = await client.GenerateAndWaitAsync(new TextToVideoRequest { Prompt = "A fox in the snow." });
        await client.DownloadToFileAsync(generation, "fox.mp4");
        // </by-sdk>
    }

    public static async Task EmulatorAsync()
    {
        // <emulator>
        await using var emulator = await WanEmulator.StartAsync();
        using var client = new WanVideoClient(new WanVideoClientOptions { BaseAddress = emulator.BaseAddress, ApiKey = emulator.ApiKey });
        emulator.Faults.Add(EmulatorFault.Status(502).AfterAccepting());    // the response is lost, but the generation exists
        await client.CreateAsync(new TextToVideoRequest { Prompt = "A fox in the snow." });
        Assert.Single(emulator.Ledger.Submissions);                         // it was found, not submitted again
        // </emulator>
    }

    public static async Task EmulatorLedgerAsync(Func<Uri, string, Task> app)
    {
        // <emulator-ledger>
        await using var emulator = await WanEmulator.StartAsync(options => options.Balance = 10m); // in US dollars
        await app(emulator.BaseAddress, emulator.ApiKey); // run your application against the emulator
        Assert.Equal(1, emulator.Ledger.CompleteSubmissionBodies); // the request was sent once
        Assert.Single(emulator.Ledger.Charges); // the generation was charged once
        // </emulator-ledger>
    }

    public static void EmulatorScripts(WanEmulator emulator, TimeSpan queued, TimeSpan generating)
    {
        // <emulator-scripts>
        emulator.Script(EmulatorScript.FailWith("ContentPolicy", "The prompt was refused."));
        emulator.Script(EmulatorScript.RespondWithStatuses("queued", "processing", "completed"));
        emulator.Script(
            submission => submission.Model == "alibaba/wan-2-7-i2v",
            EmulatorScript.TakeFor(queued, generating) with { ReadsWithoutUrl = 2 });
        emulator.Script(EmulatorScript.RespondInShape(EmulatorResponseShape.VideoAddresses, EmulatorIdFormat.UuidAndModel));
        // </emulator-scripts>
    }

    public static async Task EmulatorFaultsAsync(WanEmulator emulator)
    {
        // <emulator-faults>
        // The generation runs, but the response to its submission is lost.
        emulator.Faults.Add(EmulatorFault.Status(502).AfterAccepting());

        // Each read of a generation is reset with a probability of 10 percent.
        emulator.Faults.Add(EmulatorFault.ResetAt(100).On(EmulatorOperations.Get).AtRate(0.1));

        // The next download ends after 5,000 bytes.
        emulator.Faults.Add(EmulatorFault.CloseAt(5000).OfBody().On(EmulatorOperations.File));

        // Connections are refused.
        await using (await emulator.RefuseConnectionsAsync())
        {
        }
        // </emulator-faults>
    }

    public static void Telemetry(IHostApplicationBuilder builder)
    {
        // <telemetry>
        builder.Services.AddWanVideoClient(builder.Configuration.GetSection("Wan27"));
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddOpenTelemetry(logs => logs.AddConsoleExporter());
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("my-videos"))
            .WithTracing(traces => traces
                .AddSource("Microsoft.AspNetCore", WanVideoClient.ActivitySourceName)    // without the first, the sampler drops the spans inside a web request
                .AddConsoleExporter())                                                // or AddOtlpExporter, of its own package
            .WithMetrics(metrics => metrics
                .AddMeter(WanVideoClient.MeterName)
                .AddConsoleExporter());
        // </telemetry>
    }
}
