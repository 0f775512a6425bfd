using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Emulator;

/// <summary>An emulator on a clock that stands still until a test moves it, and the plainest of clients.</summary>
internal sealed class EmulatorHost : IAsyncDisposable
{
    public const string TextToVideo = """{"model":"alibaba/wan-2-7-t2v","prompt":"a lighthouse at dusk","duration":5,"resolution":"720p"}""";

    private EmulatorHost(WanEmulator emulator, FakeTimeProvider clock)
    {
        Emulator = emulator;
        Clock = clock;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = emulator.BaseAddress };
        Http.DefaultRequestHeaders.Authorization = new("Bearer", emulator.ApiKey);
    }

    public WanEmulator Emulator { get; }

    public FakeTimeProvider Clock { get; }

    public HttpClient Http { get; }

    public HttpClient Files { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<EmulatorHost> StartAsync(Action<WanEmulatorOptions>? configure = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
        var emulator = await WanEmulator.StartAsync(
            options =>
            {
                options.TimeProvider = clock;
                configure?.Invoke(options);
            },
            Cancellation);
        return new EmulatorHost(emulator, clock);
    }

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;

    public async Task<HttpResponseMessage> SubmitAsync(string body = TextToVideo, string? clientRequestId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v2/video/generations");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (clientRequestId is not null)
            request.Headers.TryAddWithoutValidation("X-Client-Request-Id", clientRequestId);
        return await Http.SendAsync(request, Cancellation);
    }

    public async Task<string> AcceptAsync(string body = TextToVideo, string? clientRequestId = null)
    {
        using var answer = await SubmitAsync(body, clientRequestId);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return (string)(await JsonAsync(answer))["id"]!;
    }

    public async Task<JsonNode> ReadAsync(string id) => await GetJsonAsync($"v2/video/generations?generation_id={id}");

    public async Task<JsonNode> GetJsonAsync(string path)
    {
        using var answer = await GetAsync(path);
        return await JsonAsync(answer);
    }

    public async Task<HttpResponseMessage> GetAsync(string path) => await Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

    /// <summary>Submits, lets the task complete and gives the URL of its file.</summary>
    public async Task<Uri> CompleteAsync(string body = TextToVideo)
    {
        var id = await AcceptAsync(body);
        Clock.Advance(TimeSpan.FromSeconds(4));
        return UrlOf(await ReadAsync(id));
    }

    public static Uri UrlOf(JsonNode generation) => new((string)generation["video"]!["url"]!);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Files.Dispose();
        await Emulator.DisposeAsync();
    }
}
