using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Wan27.Sdk.AotSmoke;

/// <summary>Runs every method and its errors without a compiler at run time, with and without a container. Arguments: address, key, folder.</summary>
internal static class Smoke
{
    private static readonly PollingOptions Quick = new() { InitialDelay = TimeSpan.Zero, Interval = TimeSpan.FromMilliseconds(20) };

    public static async Task Main(string[] args)
    {
        var (address, key, folder) = (new Uri(args[0]), args[1], args[2]);
        Directory.CreateDirectory(folder);

        using (var client = new WanVideoClient(Options(address, key)))
            await GenerateAsync(client, Path.Combine(folder, "alone.mp4"));
        await JournalAsync(address, key, Path.Combine(folder, "submissions.jsonl"));
        await ErrorsAsync(address, key);
        await ContainerAsync(address, key, folder);
        Console.WriteLine("all well");
    }

    private static async Task GenerateAsync(IWanVideoClient client, string path)
    {
        var created = await client.CreateAsync(new ImageToVideoRequest
        {
            Prompt = "The lamp turns.",
            Image = MediaSource.FromBytes(await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, "lighthouse.png"))),
            Resolution = VideoResolution.P720,
            Duration = VideoDuration.FiveSeconds,
        });
        var finished = await client.WaitAsync(created.Id);
        Check.That(finished.Status == GenerationStatus.Completed);
        Check.That((await client.GetAsync(created.Id)).Video!.Uri == finished.Video!.Uri);
        Check.That(await client.GetBalanceAsync() > 0);

        await client.DownloadToFileAsync(finished, path);
        Check.That(new FileInfo(path).Length > 10_000);
        Check.That(!File.Exists(path + ".part"));

        var stored = JsonSerializer.Serialize(finished, SmokeJson.Default.VideoGeneration);
        Check.That(JsonSerializer.Deserialize(stored, SmokeJson.Default.VideoGeneration)!.Video!.Uri == finished.Video.Uri);
        var body = JsonSerializer.Deserialize("""{"Prompt":"A fox.","Duration":10,"AspectRatio":"1:1"}""", SmokeJson.Default.TextToVideoRequest)!;
        Check.That(body.Duration == VideoDuration.TenSeconds && body.AspectRatio == AspectRatio.Square);
    }

    private static async Task JournalAsync(Uri address, string key, string path)
    {
        var options = Options(address, key);
        options.Journal = new FileSubmissionJournal(path);
        var request = new TextToVideoRequest { Prompt = "A fox in the snow.", ClientRequestId = "order-1042" };

        using var first = new WanVideoClient(options);
        var id = (await first.CreateAsync(request)).Id;
        using var second = new WanVideoClient(options);
        Check.That((await second.CreateAsync(request)).Id == id);
        await foreach (var outcome in second.FindPendingAsync())
            Check.That(outcome.Generation?.Id == id);
        Check.That((await second.FindGenerationsAsync("order-1042")).Single().Id == id);
    }

    private static async Task ErrorsAsync(Uri address, string key)
    {
        using var client = new WanVideoClient(Options(address, key));
        using var stranger = new WanVideoClient(Options(address, "nobody's"));

        var invalid = await Check.ThrowsAsync<WanValidationException>(() => client.CreateAsync(new TextToVideoRequest { Prompt = "" }));
        Check.That(invalid.Problems.Count == 1);
        var unknown = await Check.ThrowsAsync<WanApiException>(() => client.GetAsync("nothing"));
        Check.That(unknown.StatusCode == HttpStatusCode.NotFound && unknown.ResponseExcerpt.Length > 0);
        var refused = await Check.ThrowsAsync<WanApiException>(() => stranger.CreateAsync(new TextToVideoRequest { Prompt = "A fox." }));
        Check.That(refused.StatusCode == HttpStatusCode.Unauthorized);
    }

    private static async Task ContainerAsync(Uri address, string key, string folder)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Wan27:BaseAddress"] = address.AbsoluteUri,
            ["Wan27:ApiKey"] = key,
            ["Wan27:Polling:InitialDelay"] = "00:00:00",
            ["Wan27:Polling:Interval"] = "00:00:00.020",
        }).Build();
        var services = new ServiceCollection();
        services.AddWanVideoClient(settings.GetSection("Wan27"));
        services.AddKeyedWanVideoClient("studio", options => (options.BaseAddress, options.ApiKey, options.Polling) = (address, key, Quick));
        await using var provider = services.BuildServiceProvider();

        await GenerateAsync(provider.GetRequiredService<IWanVideoClient>(), Path.Combine(folder, "contained.mp4"));
        await GenerateAsync(provider.GetRequiredKeyedService<IWanVideoClient>("studio"), Path.Combine(folder, "keyed.mp4"));
    }

    private static WanVideoClientOptions Options(Uri address, string key) => new() { BaseAddress = address, ApiKey = key, Polling = Quick };
}
