using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace VideoStudio.Tests.Support;

/// <summary>Calls the studio's API as the page does: with a token.</summary>
internal sealed class StudioClient : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly byte[] Lighthouse = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "lighthouse.png"));

    private StudioClient(HttpClient http) => Http = http;

    public HttpClient Http { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<StudioClient> ConnectAsync(Uri address)
    {
        var http = new HttpClient { BaseAddress = address };
        var session = await http.GetFromJsonAsync<JsonElement>("/api/session", Cancellation);
        http.DefaultRequestHeaders.Add(session.GetProperty("header").GetString()!, session.GetProperty("token").GetString());
        return new StudioClient(http);
    }

    /// <summary>Creates the form of the page with default values. A given field replaces the default; null omits the field.</summary>
    public static MultipartFormDataContent Form(string model = "text", byte[]? image = null, params (string Field, string? Value)[] fields)
    {
        var values = new Dictionary<string, string?>
        {
            ["clientRequestId"] = Guid.NewGuid().ToString(),
            ["model"] = model,
            ["prompt"] = "The lamp begins to turn.",
            ["resolution"] = "720p",
            ["seconds"] = "5",
        };
        foreach (var (field, value) in fields)
            values[field] = value;
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in values.Where(entry => entry.Value is not null))
            form.Add(new StringContent(value!), field);
        if (image is not null || model == "image")
            form.Add(new ByteArrayContent(image ?? Lighthouse) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, "picture", "upload.png");
        return form;
    }

    public async Task<(int Status, JsonElement Body)> PostAsync(HttpContent form, string path = "/api/generations")
    {
        using var response = await Http.PostAsync(path, form, Cancellation);
        return ((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }

    /// <summary>Orders a video and returns its id.</summary>
    public async Task<string> GenerateAsync(string model = "text", params (string Field, string? Value)[] fields)
    {
        using var form = Form(model, null, fields);
        var (status, body) = await PostAsync(form);
        Assert.True(status == 202, body.ToString());
        return body.GetProperty("id").GetString()!;
    }

    public Task<JsonElement> GetAsync(string id) => Http.GetFromJsonAsync<JsonElement>($"/api/generations/{id}", Cancellation);

    public async Task<JsonElement> WaitForStateAsync(string id, params string[] states)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(50, Cancellation))
        {
            var view = await GetAsync(id);
            if (states.Contains(view.GetProperty("state").GetString()))
                return view;
            Assert.True(waited.Elapsed < Timeout, $"The state did not become {string.Join(" or ", states)} within {Timeout.TotalSeconds} s: {view}");
        }
    }

    public void Dispose() => Http.Dispose();
}
