using System.Net.Http.Headers;
using System.Net.Http.Json;
using Wan27.Sdk.Benchmarks.Rivals;

namespace Wan27.Sdk.Benchmarks;

/// <summary>One poll of one generation: with the SDK, and with a bare <see cref="HttpClient"/> with source-generated JSON.</summary>
internal sealed class Polls : IDisposable
{
    private const string Id = "bench-0000000000000001";

    private readonly HttpClient http;
    private readonly WanVideoClient client;

    public Polls(LoopbackServer server)
    {
        http = new HttpClient { BaseAddress = server.BaseAddress };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "benchmark");
        client = new WanVideoClient(new WanVideoClientOptions { ApiKey = "benchmark", BaseAddress = server.BaseAddress });
    }

    public Task SdkAsync() => client.GetAsync(Id);

    public Task BareAsync() => http.GetFromJsonAsync($"/v2/video/generations?generation_id={Uri.EscapeDataString(Id)}", PollResponseJson.Default.PollResponse);

    public void Dispose()
    {
        client.Dispose();
        http.Dispose();
    }
}
