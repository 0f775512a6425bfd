using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Readme;

/// <summary>The samples of the READMEs and of the page under docs, compiled. Each stands between two marks that bear its name, and is compared with its README to the letter.</summary>
public static class ReadmeSamples
{
    public static async Task TenLinesAsync(string apiKey)
    {
        // <ten-lines>
        using var client = new WanVideoClient(apiKey);               // or WanVideoClient.FromEnvironment()

        VideoGeneration generation = await client.GenerateAndWaitAsync(new ImageToVideoRequest
        {
            Prompt = "Mona Lisa puts on glasses with her hands.",
            Image = MediaSource.FromFile("mona.png"),                // or FromUri, FromBytes, FromStream
            Resolution = VideoResolution.P1080,
            Duration = VideoDuration.FiveSeconds,
        });
        await client.DownloadToFileAsync(generation, "mona.mp4");
        // </ten-lines>
    }

    public static async Task ByHandAsync(string apiKey)
    {
        // <by-hand>
        using var http = new HttpClient { BaseAddress = new Uri("https://api.aimlapi.com") };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", apiKey);

        using var answer = await http.PostAsJsonAsync("v2/video/generations", new { model = "alibaba/wan-2-7-t2v", prompt = "A fox in the snow." });
        var task = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var id = task.GetProperty("id").GetString()!;
        while (task.GetProperty("status").GetString() is "queued" or "generating")
        {
            await Task.Delay(TimeSpan.FromSeconds(15));
            task = await http.GetFromJsonAsync<JsonElement>($"v2/video/generations?generation_id={Uri.EscapeDataString(id)}");
        }

        await using var film = await http.GetStreamAsync(task.GetProperty("video").GetProperty("url").GetString());
        await using var file = File.Create("fox.mp4");
        await film.CopyToAsync(file);
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

    public static async Task JournalAsync(string apiKey)
    {
        // <journal>
        var options = new WanVideoClientOptions { ApiKey = apiKey, Journal = new FileSubmissionJournal("submissions.jsonl") };
        using var client = new WanVideoClient(options);

        await foreach (GenerationOutcome outcome in client.ResumePendingAsync())      // what the last process left behind
            Console.WriteLine($"{outcome.ClientRequestId}: {outcome.Generation?.Status} {outcome.Error?.Message}");

        var request = new TextToVideoRequest { Prompt = "A fox in the snow.", ClientRequestId = "order-1042" };
        VideoGeneration generation = await client.CreateAsync(request);               // run it twice: one video, paid once
        // </journal>
        GC.KeepAlive(generation);
    }

    public static async Task BudgetAsync(string apiKey)
    {
        // <budget>
        var budget = new SpendingBudget(limitUsd: 25m);                               // share it between clients
        using var client = new WanVideoClient(new WanVideoClientOptions { ApiKey = apiKey, Budget = budget });

        var request = new TextToVideoRequest { Prompt = "A fox in the snow.", Duration = VideoDuration.FiveSeconds };
        GenerationCost estimate = await client.EstimateCostAsync(request);            // a price list is remembered for an hour
        VideoGeneration video = await client.GenerateAndWaitAsync(request);           // or WanBudgetExceededException, and nothing was sent
        Console.WriteLine($"{estimate.Usd} USD estimated, {video.Cost}; {budget.RemainingUsd} left");
        // </budget>
    }

    public static void Host(WebApplicationBuilder builder, WebApplication app, string secondKey)
    {
        // <host>
        builder.Services.AddWanVideoClient(builder.Configuration.GetSection("Wan27"));
        builder.Services.AddSingleton<ISubmissionJournal>(new FileSubmissionJournal("submissions.jsonl"));    // optional
        builder.Services.AddKeyedWanVideoClient("studio", options => options.ApiKey = secondKey);             // optional, another account

        app.MapPost("/videos", (Order order, IWanVideoClient wan, CancellationToken ct) =>              // record Order(string Prompt)
            wan.CreateAsync(new TextToVideoRequest { Prompt = order.Prompt }, ct));
        // </host>
    }

    public static async Task EmulatorAsync()
    {
        // <emulator>
        await using var emulator = await WanEmulator.StartAsync(options => options.GeneratingFor = TimeSpan.FromMilliseconds(50));
        using var client = new WanVideoClient(new WanVideoClientOptions { BaseAddress = emulator.BaseAddress, ApiKey = emulator.ApiKey });

        emulator.Faults.Add(EmulatorFault.Status(502).AfterAccepting());             // the answer is lost, the task is not
        await client.CreateAsync(new TextToVideoRequest { Prompt = "A fox in the snow." });

        Assert.Equal(1, emulator.Ledger.CompleteSubmissionBodies);                   // found again, not sent again
        Assert.Single(emulator.Ledger.Submissions);
        // </emulator>
    }

    public static void Register(WebApplicationBuilder builder, WebApplication app)
    {
        // <register>
        builder.Services.AddWanVideoClient(builder.Configuration.GetSection("Wan27"));
        app.MapPost("/videos", (Order order, IWanVideoClient wan, CancellationToken ct) =>              // record Order(string Prompt)
            wan.CreateAsync(new TextToVideoRequest { Prompt = order.Prompt }, ct));
        // </register>
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

    public static void Telemetry(HostApplicationBuilder builder)
    {
        // <telemetry>
        builder.Services.AddWanVideoClient(builder.Configuration.GetSection("Wan27"));
        builder.Logging.SetMinimumLevel(LogLevel.Debug).AddOpenTelemetry(logs => logs.AddConsoleExporter());
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("my-videos"))
            .WithTracing(traces => traces
                .AddSource(WanVideoClient.ActivitySourceName)
                .AddConsoleExporter())                                                // or AddOtlpExporter, of its own package
            .WithMetrics(metrics => metrics
                .AddMeter(WanVideoClient.MeterName)
                .AddConsoleExporter());
        // </telemetry>
    }

    private sealed record Order(string Prompt);
}
