using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Readme;

/// <summary>Runs the recipes for web applications.</summary>
public sealed class WebRecipeTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(100, 199)]
    [InlineData(0, 9)]
    [InlineData(5_000, null)]
    public async Task The_response_to_a_range_request_is_206(int from, int? to)
    {
        await using var emulator = await WanEmulator.StartAsync(options => options.QueuedFor = options.GeneratingFor = TimeSpan.Zero, Cancellation);
        await using var app = await StartAsync(emulator);
        var client = app.Services.GetRequiredService<IWanVideoClient>();
        var generation = await client.CreateAsync(Samples.Text(), Cancellation);
        using var whole = new MemoryStream();
        await client.DownloadAsync(await client.WaitAsync(generation, new PollingOptions { InitialDelay = TimeSpan.Zero }, cancellationToken: Cancellation), whole, cancellationToken: Cancellation);

        using var browser = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/videos/file?id={Uri.EscapeDataString(generation.Id)}");
        request.Headers.Range = new RangeHeaderValue(from, to);
        using var response = await browser.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        var end = to ?? (int)whole.Length - 1;
        Assert.Equal(new ContentRangeHeaderValue(from, end, whole.Length), response.Content.Headers.ContentRange);
        Assert.Equal(whole.ToArray()[from..(end + 1)], await response.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task An_upload_is_sent_completely_as_a_form_and_as_a_body()
    {
        await using var emulator = await WanEmulator.StartAsync(cancellationToken: Cancellation);
        await using var app = await StartAsync(emulator);
        using var browser = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        var image = ImageFiles.Png(640, 480, colorType: 2);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(image), "photo", "photo.png" }, { new StringContent("She smiles."), "prompt" } };

        using var first = await browser.PostAsync("/videos/photo", form, Cancellation);
        using var second = await browser.PutAsync("/videos/photo?prompt=She%20smiles.", new ByteArrayContent(image), Cancellation);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.StatusCode, second.StatusCode));
        Assert.Equal(2, emulator.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task An_order_has_a_response_while_its_outcome_is_unclear_and_is_found_by_its_id()
    {
        await using var emulator = await WanEmulator.StartAsync(cancellationToken: Cancellation);
        emulator.Faults.Add(EmulatorFault.Status(502).AfterAccepting());
        await using var app = await StartAsync(emulator);
        using var browser = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var answer = await browser.PostAsJsonAsync("/orders", new { Id = "order-1", Prompt = "A fox in the snow." }, Cancellation);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        string state;
        do
            state = await browser.GetStringAsync(answer.Headers.Location, Cancellation);
        while (state.Contains("submitting", StringComparison.Ordinal));
        Assert.Contains($"accepted as {Assert.Single(emulator.Ledger.Submissions).Id}", state, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_visitor_receives_neither_the_price_nor_an_address()
    {
        await using var emulator = await WanEmulator.StartAsync(options => options.QueuedFor = options.GeneratingFor = TimeSpan.Zero, Cancellation);
        await using var app = await StartAsync(emulator);
        using var browser = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        using var answer = await browser.PostAsJsonAsync("/videos/checked", new { Id = "order-1", Prompt = "A fox in the snow." }, Cancellation);
        using var refused = await browser.PostAsJsonAsync("/videos/checked", new { Id = "order-2", Prompt = "" }, Cancellation);

        Assert.Equal(["id", "status"], (await answer.Content.ReadFromJsonAsync<Dictionary<string, string>>(Cancellation))!.Keys);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    private static async Task<WebApplication> StartAsync(WanEmulator emulator)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddWanVideoClient(options => (options.BaseAddress, options.ApiKey) = (emulator.BaseAddress, emulator.ApiKey));
        builder.Services.AddSingleton<DocsSamples.VideoOrders>();
        builder.Services.AddHostedService(services => services.GetRequiredService<DocsSamples.VideoOrders>());
        var app = builder.Build();
        DocsSamples.PassOn(app);
        DocsSamples.Upload(app);
        DocsSamples.RespondAtOnce(app);
        DocsSamples.ProblemDetails(app);
        await app.StartAsync(Cancellation);
        return app;
    }
}
