using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Readme;

/// <summary>The samples of the pages under docs, compiled. Each is between two marks with its name, and is compared with its page line by line.</summary>
public static partial class DocsSamples
{
    public static async Task QuickStartAsync()
    {
        // <quick-start>
        using var client = WanVideoClient.FromEnvironment();

        VideoGeneration generation = await client.GenerateAndWaitAsync(new TextToVideoRequest
        {
            Prompt = "A fox in the snow.",
            Resolution = VideoResolution.P720,
            Duration = VideoDuration.FiveSeconds,
        });
        await client.DownloadToFileAsync(generation, "fox.mp4");
        // </quick-start>
    }

    public static void MaxInProgress()
    {
        // <max-in-progress>
        using var client = new WanVideoClient(new WanVideoClientOptions
        {
            Journal = new FileSubmissionJournal("submissions.journal"),
            MaxInProgress = 5,
            QueueTimeout = TimeSpan.FromMinutes(10),
        });
        // </max-in-progress>
    }

    public static async Task<VideoGeneration> NextAttemptAsync(IWanVideoClient client)
    {
        // <next-attempt>
        VideoGenerationRequest request = new TextToVideoRequest { Prompt = "A fox in the snow.", ClientRequestId = "order-1042" };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await client.GenerateAndWaitAsync(request);
            }
            catch (WanGenerationFailedException e) when (attempt < 3)
            {
                request = request.NextAttempt(e);
            }
        }
        // </next-attempt>
    }

    public static async Task ImageToVideoAsync(IWanVideoClient client)
    {
        // <image-to-video>
        VideoGeneration generation = await client.GenerateAndWaitAsync(new ImageToVideoRequest
        {
            Prompt = "The lamp of the lighthouse turns.",
            Image = MediaSource.FromFile("lighthouse.png"),    // or FromUri, FromBytes, FromStream
            Duration = VideoDuration.FiveSeconds,
        });
        // </image-to-video>
        GC.KeepAlive(generation);
    }

    public static async Task PrepareImageAsync(IWanVideoClient client)
    {
        // <prepare-image>
        PreparedImage photo = await MediaImage.PrepareAsync("IMG_2027.HEIC");
        Console.WriteLine(photo.Report);    // converted from HEIC to JPEG; metadata removed
        VideoGeneration generation = await client.GenerateAndWaitAsync(new ImageToVideoRequest { Prompt = "The lamp begins to turn.", Image = photo.Source });
        // </prepare-image>
        GC.KeepAlive(generation);
    }

    public static void AccountsOfEmulator(WanEmulator emulator, IServiceCollection services)
    {
        // <emulator-accounts>
        EmulatorAccount shop = emulator.AddAccount("key-of-the-shop", balance: 5m);
        services.AddKeyedWanVideoClient("shop", options => (options.BaseAddress, options.ApiKey) = (emulator.BaseAddress, shop.ApiKey));
        services.AddKeyedWanVideoClient("blog", options => (options.BaseAddress, options.ApiKey) = (emulator.BaseAddress, emulator.ApiKey));
        // </emulator-accounts>
    }

    // <web-fixture>
    public sealed class VideoAppFixture : WebApplicationFactory<Program>, IAsyncLifetime
    {
        public WanEmulator Emulator { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Emulator = await WanEmulator.StartAsync();

        protected override void ConfigureWebHost(IWebHostBuilder builder) => builder
            .UseSetting("Wan27:BaseAddress", $"{Emulator.BaseAddress}")
            .UseSetting("Wan27:ApiKey", Emulator.ApiKey);

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Emulator.DisposeAsync();
        }
    }
    // </web-fixture>

    public static async Task OtherModelAsync(IWanVideoClient client)
    {
        // <other-model>
        VideoGeneration generation = await client.GenerateAndWaitAsync(new VideoRequest("klingai/v2.5-turbo/pro/image-to-video")
        {
            Prompt = "The lamp begins to turn.",
            Fields = new Dictionary<string, object?>
            {
                ["image_url"] = MediaSource.FromFile("lighthouse.png"),    // media can be anywhere, also in lists and dictionaries
                ["duration"] = 10,
                ["cfg_scale"] = 0.5,
            },
        });
        // </other-model>
        GC.KeepAlive(generation);

        // <list-models>
        foreach (VideoModel model in await client.ListModelsAsync())
            Console.WriteLine($"{model.Id}: {model.MinPriceUsd} to {model.MaxPriceUsd} USD per {model.PriceUnit}");
        // </list-models>
    }

    public static async Task ProgressAsync(IWanVideoClient client, TextToVideoRequest request)
    {
        // <progress>
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.Cancel(); };
        var progress = new Progress<GenerationProgress>(p => Console.WriteLine($"{p.GenerationId}: {p.Status} after {p.Elapsed.TotalSeconds:0} s"));

        try
        {
            VideoGeneration generation = await client.GenerateAndWaitAsync(request, progress: progress, cancellationToken: stop.Token);
            Console.WriteLine(generation.Cost);
        }
        catch (WanCanceledException e) when (e.GenerationId is not null)
        {
            Console.WriteLine($"The generation is still running. Resume with its id: {e.GenerationId}");
        }
        // </progress>
    }

    public static async Task ResumeByIdAsync(IWanVideoClient client, string generationId)
    {
        // <resume-by-id>
        VideoGeneration generation = await client.WaitAsync(generationId);
        await client.DownloadToFileAsync(generation, "fox.mp4");
        // </resume-by-id>
    }

    public static async Task BatchAsync(IWanVideoClient client, IEnumerable<VideoGenerationRequest> requests)
    {
        // <batch>
        await foreach (GenerationOutcome outcome in client.GenerateManyAsync(requests, maxConcurrency: 4))
        {
            if (outcome.IsSucceeded)
                await client.DownloadToFileAsync(outcome.Generation!, $"{outcome.ClientRequestId}.mp4");
            else
                Console.WriteLine($"{outcome.ClientRequestId}: {outcome.Error?.Message}");
        }
        // </batch>
    }

    public static void DownloadHandler(IHostApplicationBuilder builder, string user, string password)
    {
        // <download-handler>
        builder.Services.AddWanVideoClient(options => options.DownloadHandlerFactory = () => new SocketsHttpHandler
        {
            Proxy = new WebProxy("http://proxy.example:3128") { Credentials = new NetworkCredential(user, password) },
        });
        // </download-handler>
    }

    public static async Task JournalAsync()
    {
        // <resume-after-a-crash>
        using var client = new WanVideoClient(new WanVideoClientOptions { Journal = new FileSubmissionJournal("submissions.jsonl") });

        await foreach (GenerationOutcome outcome in client.FindPendingAsync())
        {
            if (outcome.Generation is { Status.IsFailed: false } generation)
                await client.DownloadToFileAsync(await client.WaitAsync(generation.Id), $"{outcome.ClientRequestId}.mp4");
        }

        await client.CreateAsync(new TextToVideoRequest { Prompt = "A fox in the snow.", ClientRequestId = "order-1042" });
        // </resume-after-a-crash>
    }

    public static async Task FindAsync(IWanVideoClient client, VideoGenerationRequest request)
    {
        // <find>
        try
        {
            await client.CreateAsync(request);
        }
        catch (WanSubmissionUnknownException e)
        {
            IReadOnlyList<VideoGeneration> found = await client.FindGenerationsAsync(e.ClientRequestId!);
            Console.WriteLine(found.Count == 0 ? "Not in the log yet; look again later." : $"Found {found[0].Id}.");
        }
        // </find>
    }

    public static async Task SpendingLimitAsync()
    {
        // <spending-limit>
        var budget = new SpendingBudget(limitUsd: 25m);
        using var client = new WanVideoClient(new WanVideoClientOptions { Budget = budget });

        var request = new TextToVideoRequest { Prompt = "A fox in the snow.", Duration = VideoDuration.FiveSeconds };
        Console.WriteLine(await client.EstimateCostAsync(request));
        await client.GenerateAndWaitAsync(request);
        Console.WriteLine($"{budget.RemainingUsd} USD remain.");
        // </spending-limit>
    }

    public static async Task StoredBudgetAsync()
    {
        // <stored-budget>
        var journal = new FileSubmissionJournal("submissions.jsonl");
        var budget = new SpendingBudget(limitUsd: 25m) { Period = SpendingPeriod.Day };
        using var client = new WanVideoClient(new WanVideoClientOptions { Journal = journal, Budget = budget });

        await client.CreateAsync(new TextToVideoRequest { Prompt = "A fox in the snow.", ClientRequestId = "order-1042" });
        await budget.RefreshAsync(journal);
        Console.WriteLine($"{budget.RemainingUsd} USD remain today, for this process and all others.");
        // </stored-budget>
    }

    public static void EntityFramework(IHostApplicationBuilder builder)
    {
        // <ef-own-context>
        builder.Services.AddDbContextFactory<ShopContext>(options => options.UseSqlite("Data Source=shop.db"));
        builder.Services.AddWanVideoClient(builder.Configuration.GetSection("Wan27")).AddEntityFrameworkJournal<ShopContext>();
        builder.Services.AddSingleton(new SpendingBudget(limitUsd: 25m) { Period = SpendingPeriod.Day });    // optional
        // </ef-own-context>
    }

    public static void EntityFrameworkReady(IHostApplicationBuilder builder)
    {
        // <ef-ready>
        builder.Services.AddWanVideoClient(builder.Configuration.GetSection("Wan27"))
            .AddEntityFrameworkJournal(options => options.UseSqlite("Data Source=/var/lib/shop/wan.db"));
        // </ef-ready>
    }

    public static WebApplication DurableService(WebApplicationBuilder builder)
    {
        // <jobs-service>
        builder.Services.AddWanVideoClient(builder.Configuration.GetSection("Wan27"))
            .AddEntityFrameworkJournal(options => options.UseSqlite("Data Source=videos.db"))
            .AddJobs<VideoHandler>();

        var app = builder.Build();
        app.MapPost("/orders/{id}/video", async (string id, string prompt, IWanVideoClient wan, CancellationToken cancellationToken) =>
        {
            await wan.CreateAsync(new TextToVideoRequest { Prompt = prompt, ClientRequestId = $"order-{id}" }, cancellationToken);
            return Results.Accepted();
        });
        // </jobs-service>
        return app;
    }

    // <jobs-handler>
    public sealed class VideoHandler(IWanVideoClient wan) : IGenerationHandler
    {
        public async Task HandleAsync(GenerationOutcome outcome, CancellationToken cancellationToken)
        {
            if (outcome.IsSucceeded)
                await wan.DownloadToFileAsync(outcome.Generation!, $"{outcome.ClientRequestId}.mp4", new DownloadOptions { Overwrite = true }, cancellationToken);
            else
                Console.WriteLine($"There is no video of {outcome.ClientRequestId}: {outcome.Error!.Message}");
        }
    }
    // </jobs-handler>

    public static async Task DownloadAsync(IWanVideoClient client, VideoGeneration generation)
    {
        // <download>
        await client.DownloadToFileAsync(generation, "fox.mp4", new DownloadOptions
        {
            Overwrite = true,
            MaxBytes = 500_000_000,
            Progress = new Progress<TransferProgress>(p => Console.WriteLine($"{p.Bytes} of {p.TotalBytes} bytes")),
        });
        // </download>
    }

    public static async Task HandleErrorsAsync(IWanVideoClient client, VideoGenerationRequest request)
    {
        // <handle-errors>
        try
        {
            VideoGeneration generation = await client.GenerateAndWaitAsync(request);
            await client.DownloadToFileAsync(generation, "fox.mp4");
        }
        catch (WanValidationException e)
        {
            foreach (RequestProblem problem in e.Problems)
                Console.WriteLine($"{problem.Member} {problem.Message}");
        }
        catch (WanApiException e) when (e.IsOutOfCredits)
        {
            Console.WriteLine("The account has no credits. Nothing was charged.");
        }
        catch (WanSubmissionUnknownException e)
        {
            Console.WriteLine($"Do not submit again. Search for {e.ClientRequestId} later.");
        }
        catch (WanException e) when (e.GenerationId is not null)
        {
            Console.WriteLine($"Generation {e.GenerationId} exists: {e.Message}");
        }
        // </handle-errors>
    }

    public static void KeyProvider(WanVideoClientOptions options, Func<CancellationToken, ValueTask<string>> readSecretAsync)
    {
        // <key-provider>
        options.ApiKeyProvider = cancellationToken => readSecretAsync(cancellationToken);
        // </key-provider>
    }

    public static void Register(WebApplicationBuilder builder)
    {
        // <add-client>
        builder.Services.AddWanVideoClient(builder.Configuration.GetSection("Wan27"));
        builder.Services.AddSingleton<ISubmissionJournal>(new FileSubmissionJournal("submissions.jsonl"));    // optional
        builder.Services.AddSingleton(new SpendingBudget(limitUsd: 25m));                                     // optional
        // </add-client>
    }

    public static void TwoAccounts(WebApplicationBuilder builder, WebApplication app)
    {
        // <two-accounts>
        builder.Services.AddKeyedWanVideoClient("marketing", builder.Configuration.GetSection("Wan27:Marketing"));
        builder.Services.AddKeyedWanVideoClient("support", builder.Configuration.GetSection("Wan27:Support"));

        app.MapGet("/balance", ([FromKeyedServices("marketing")] IWanVideoClient client, CancellationToken cancellationToken) =>
            client.GetBalanceAsync(cancellationToken));
        // </two-accounts>
    }

    public static void Create(WebApplication app)
    {
        // <create-and-accept>
        app.MapPost("/videos", async (Order order, IWanVideoClient client) =>                       // record Order(string Id, string Prompt)
        {
            var request = new TextToVideoRequest { Prompt = order.Prompt, ClientRequestId = order.Id };
            VideoGeneration generation = await client.CreateAsync(request, CancellationToken.None);
            return Results.Accepted($"/videos?id={Uri.EscapeDataString(generation.Id)}", new { generation.Id, Status = generation.Status.Value });
        });

        app.MapGet("/videos", async (string id, IWanVideoClient client, CancellationToken cancellationToken) =>
        {
            VideoGeneration generation = await client.GetAsync(id, cancellationToken);
            return Results.Ok(new { generation.Id, Status = generation.Status.Value, generation.Cost.Usd });
        });
        // </create-and-accept>
    }

    public static void Upload(WebApplication app)
    {
        // <accept-upload>
        app.MapPost("/videos/photo", async (IFormFile photo, [FromForm] string prompt, IWanVideoClient client) =>
        {
            var request = new ImageToVideoRequest { Prompt = prompt, Image = MediaSource.FromStream(photo.OpenReadStream()) };
            VideoGeneration generation = await client.CreateAsync(request, CancellationToken.None);
            return Results.Accepted($"/videos?id={Uri.EscapeDataString(generation.Id)}");
        }).DisableAntiforgery();    // or send a token with the form

        app.MapPut("/videos/photo", async (HttpRequest upload, string prompt, IWanVideoClient client) =>
        {
            var request = new ImageToVideoRequest { Prompt = prompt, Image = MediaSource.FromStream(upload.Body) };
            VideoGeneration generation = await client.CreateAsync(request, CancellationToken.None);
            return Results.Accepted($"/videos?id={Uri.EscapeDataString(generation.Id)}");
        });
        // </accept-upload>
    }

    public static void RespondAtOnce(WebApplication app)
    {
        // <respond-at-once>
        app.MapPost("/orders", (Order order, VideoOrders orders) =>                                // record Order(string Id, string Prompt)
        {
            orders.Add(new TextToVideoRequest { Prompt = order.Prompt, ClientRequestId = order.Id });
            return Results.Accepted($"/orders/{order.Id}");
        });

        app.MapGet("/orders/{id}", (string id, VideoOrders orders) =>
            orders.StateOf(id) is { } state ? Results.Ok(new { id, state }) : Results.NotFound());
        // </respond-at-once>
    }

    // <submit-in-background>
    internal sealed partial class VideoOrders(IWanVideoClient client, ILogger<VideoOrders> logger) : BackgroundService
    {
        private readonly Channel<VideoGenerationRequest> queue = Channel.CreateUnbounded<VideoGenerationRequest>();
        private readonly ConcurrentDictionary<string, string> states = new();

        public string? StateOf(string id) => states.GetValueOrDefault(id);

        public void Add(VideoGenerationRequest request)
        {
            if (states.TryAdd(request.ClientRequestId!, "submitting"))
                queue.Writer.TryWrite(request);
        }

        protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
            queue.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = stoppingToken },
            async (request, cancellationToken) =>
            {
                try
                {
                    VideoGeneration generation = await client.CreateAsync(request, cancellationToken);
                    states[request.ClientRequestId!] = $"accepted as {generation.Id}";
                }
                catch (WanException e)
                {
                    states[request.ClientRequestId!] = e is WanSubmissionUnknownException ? "unknown" : "refused";
                    LogNotAccepted(logger, request.ClientRequestId, e);
                }
            });

        [LoggerMessage(LogLevel.Warning, "Order {ClientRequestId} was not accepted.")]
        private static partial void LogNotAccepted(ILogger logger, string? clientRequestId, Exception e);
    }
    // </submit-in-background>

    public static void ProblemDetails(WebApplication app)
    {
        // <problem-details>
        app.MapPost("/videos/checked", async (Order order, IWanVideoClient client) =>
        {
            try
            {
                VideoGeneration generation = await client.CreateAsync(new TextToVideoRequest { Prompt = order.Prompt }, CancellationToken.None);
                return Results.Ok(new { generation.Id, Status = generation.Status.Value });
            }
            catch (WanValidationException e)
            {
                return Results.ValidationProblem(e.Problems.GroupBy(problem => problem.Member).ToDictionary(
                    member => member.Key, member => member.Select(problem => problem.Message).ToArray()));
            }
        });
        // </problem-details>
    }

    public static async Task InspectMediaAsync()
    {
        // <inspect-media>
        MediaInfo info = await MediaSource.FromFile("portrait.jpg").InspectAsync();
        Console.WriteLine($"{info.Format}, {info.Width} x {info.Height} px, {info.Length} bytes{(info.Problem is null ? "" : ": " + info.Problem)}");
        // </inspect-media>
    }

    public static void PassOn(WebApplication app)
    {
        // <pass-on>
        app.MapGet("/videos/file", async (string id, IWanVideoClient client, CancellationToken cancellationToken) =>
        {
            VideoGeneration generation = await client.GetAsync(id, cancellationToken);
            Stream video = await client.OpenReadAsync(generation, cancellationToken: cancellationToken);
            return Results.Stream(video, "video/mp4", enableRangeProcessing: true);
        });
        // </pass-on>
    }

    // <resume-in-background>
    internal sealed partial class ResumeVideos(IWanVideoClient client, ILogger<ResumeVideos> logger) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await foreach (GenerationOutcome outcome in client.FindPendingAsync(stoppingToken))
            {
                try
                {
                    if (outcome.Error is not null)
                        throw outcome.Error;
                    VideoGeneration generation = await client.WaitAsync(outcome.Generation!.Id, cancellationToken: stoppingToken);
                    await client.DownloadToFileAsync(generation, $"videos/{outcome.ClientRequestId}.mp4", cancellationToken: stoppingToken);
                }
                catch (WanException e)
                {
                    LogNotResumed(logger, outcome.ClientRequestId, e);
                }
            }
        }

        [LoggerMessage(LogLevel.Warning, "Submission {ClientRequestId} was not resumed.")]
        private static partial void LogNotResumed(ILogger logger, string? clientRequestId, Exception e);
    }
    // </resume-in-background>

    // <health-check>
    internal sealed class BalanceHealthCheck(IWanVideoClient client) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                decimal balance = await client.GetBalanceAsync(cancellationToken);
                string text = $"The balance is {balance} USD.";
                return balance >= 5 ? HealthCheckResult.Healthy(text) : HealthCheckResult.Degraded(text);
            }
            catch (WanException e)
            {
                return HealthCheckResult.Unhealthy("The service cannot be used.", e);
            }
        }
    }
    // </health-check>

    public static async Task TestOnEmulatorAsync()
    {
        // <test-on-emulator>
        await using var emulator = await WanEmulator.StartAsync(options => options.GeneratingFor = TimeSpan.FromMilliseconds(50));
        using var client = new WanVideoClient(new WanVideoClientOptions
        {
            BaseAddress = emulator.BaseAddress,
            ApiKey = emulator.ApiKey,
            Polling = new PollingOptions { InitialDelay = TimeSpan.Zero, Interval = TimeSpan.FromMilliseconds(50) },
        });
        emulator.Faults.Add(EmulatorFault.Status(502).AfterAccepting());

        VideoGeneration generation = await client.CreateAsync(new TextToVideoRequest { Prompt = "A fox in the snow." });

        Assert.Equal(1, emulator.Ledger.CompleteSubmissionBodies);
        Assert.Equal(generation.Id, Assert.Single(emulator.Ledger.Submissions).Id);
        // </test-on-emulator>
    }

    public static VideoGeneration Store(VideoGeneration generation)
    {
        // <store>
        string json = JsonSerializer.Serialize(generation, StoreContext.Default.VideoGeneration);
        VideoGeneration stored = JsonSerializer.Deserialize(json, StoreContext.Default.VideoGeneration)!;
        // </store>
        return stored;
    }

    // <store-context>
    [JsonSerializable(typeof(VideoGeneration))]
    internal sealed partial class StoreContext : JsonSerializerContext;
    // </store-context>

    private sealed record Order(string Id, string Prompt);

    private sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
    {
        // <ef-model>
        protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder.AddWanSubmissions();
        // </ef-model>
    }
}
