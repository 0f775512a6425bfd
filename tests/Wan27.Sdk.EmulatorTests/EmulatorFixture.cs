using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests;

/// <summary>An emulator on a fake clock, and an <see cref="HttpClient"/> without the SDK.</summary>
internal sealed class EmulatorFixture : IAsyncDisposable
{
    public const string TextToVideo =
        """{"model":"alibaba/wan-2-7-t2v","prompt":"a lighthouse at dusk","duration":5,"resolution":"720p"}""";

    private EmulatorFixture(WanEmulator emulator, FakeTimeProvider clock)
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

    public static async Task<EmulatorFixture> StartAsync(Action<WanEmulatorOptions>? configure = null)
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
        var emulator = await WanEmulator.StartAsync(
            options =>
            {
                options.TimeProvider = clock;
                configure?.Invoke(options);
            },
            Cancellation);
        return new EmulatorFixture(emulator, clock);
    }

    public static async Task<JsonNode> ReadJsonAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;

    public async Task<HttpResponseMessage> SubmitAsync(string body = TextToVideo, string? clientRequestId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v2/video/generations");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (clientRequestId is not null)
            request.Headers.TryAddWithoutValidation("X-Client-Request-Id", clientRequestId);
        return await Http.SendAsync(request, Cancellation);
    }

    public async Task<string> CreateGenerationAsync(string body = TextToVideo, string? clientRequestId = null)
    {
        using var response = await SubmitAsync(body, clientRequestId);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (string)(await ReadJsonAsync(response))["id"]!;
    }

    public async Task<JsonNode> GetGenerationAsync(string id) => await GetJsonAsync($"v2/video/generations?generation_id={id}");

    public async Task<JsonNode> GetJsonAsync(string path)
    {
        using var response = await GetAsync(path);
        return await ReadJsonAsync(response);
    }

    public async Task<HttpResponseMessage> GetAsync(string path) =>
        await Http.GetAsync(new Uri(path, UriKind.Relative), Cancellation);

    /// <summary>Creates a generation, completes it and returns the URL of its video.</summary>
    public async Task<Uri> CompleteGenerationAsync(string body = TextToVideo)
    {
        var id = await CreateGenerationAsync(body);
        Clock.Advance(TimeSpan.FromSeconds(4));
        return GetVideoUrl(await GetGenerationAsync(id));
    }

    public static Uri GetVideoUrl(JsonNode generation) => new((string)generation["video"]!["url"]!);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Files.Dispose();
        await Emulator.DisposeAsync();
    }
}
