using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Refit;
using Wan27.Sdk.Benchmarks.Rivals;

namespace Wan27.Sdk.Benchmarks;

/// <summary>One submission of one image, in each of the compared ways.</summary>
internal sealed class Submits : IDisposable
{
    private readonly LoopbackServer server;
    private readonly string image;
    private readonly HttpClient http;
    private readonly WanVideoClient client;
    private readonly IRefitVideoApi refit;
    private readonly byte[] readyMade;

    public Submits(LoopbackServer server, string image)
    {
        this.server = server;
        this.image = image;
        http = new HttpClient { BaseAddress = server.BaseAddress };
        client = new WanVideoClient(new WanVideoClientOptions { ApiKey = "benchmark", BaseAddress = server.BaseAddress });
        refit = RestService.For<IRefitVideoApi>(http);
        readyMade = JsonSerializer.SerializeToUtf8Bytes(SubmitBody.OfAsync(image).GetAwaiter().GetResult(), PlainJson);
    }

    private static JsonSerializerOptions PlainJson { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public LoopbackServer Server => server;

    public Task SdkAsync() => client.CreateAsync(new ImageToVideoRequest { Prompt = "The lamp turns.", Image = MediaSource.FromFile(image) });

    /// <summary>The lower bound: the same bytes, encoded in advance.</summary>
    public async Task ReadyMadeAsync()
    {
        using var content = new ByteArrayContent(readyMade);
        await PostAsync(content);
    }

    public async Task NaiveAsync()
    {
        using var content = new StringContent(JsonSerializer.Serialize(await SubmitBody.OfAsync(image)), Encoding.UTF8, "application/json");
        await PostAsync(content);
    }

    public async Task SourceGeneratedAsync()
    {
        using var content = JsonContent.Create(await SubmitBody.OfAsync(image), SubmitBodyJson.Default.SubmitBody);
        await PostAsync(content);
    }

    public async Task RefitAsync() => await refit.CreateAsync(await SubmitBody.OfAsync(image));

    public void Dispose()
    {
        client.Dispose();
        http.Dispose();
    }

    private async Task PostAsync(HttpContent content)
    {
        using var response = await http.PostAsync("/v2/video/generations", content);
        await response.Content.ReadAsStringAsync();
    }
}
