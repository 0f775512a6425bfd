using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using VideoStudio.Tests.Support;

namespace VideoStudio.Tests;

public sealed class EndpointTests(StudioFixture fixture) : IClassFixture<StudioFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private StudioClient Client => fixture.Client;

    [Fact]
    public async Task An_image_becomes_a_video_that_supports_ranges()
    {
        var id = await Client.GenerateAsync("image", ("seed", "7"), ("negativePrompt", "rain"));
        var view = await Client.WaitForStateAsync(id, "done");

        Assert.Equal(("actual", 0.65m), (view.GetProperty("costState").GetString(), view.GetProperty("costUsd").GetDecimal()));
        Assert.Equal((7, "rain"), (view.GetProperty("seed").GetInt32(), view.GetProperty("negativePrompt").GetString()));
        using var request = new HttpRequestMessage(HttpMethod.Get, view.GetProperty("videoUrl").GetString());
        request.Headers.Range = new RangeHeaderValue(4, 7);
        using var video = await Client.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.PartialContent, video.StatusCode);
        Assert.Equal("ftyp", await video.Content.ReadAsStringAsync(Cancellation));
        Assert.NotNull(video.Headers.ETag);
        using var image = await Client.Http.GetAsync(view.GetProperty("pictureUrl").GetString(), Cancellation);
        Assert.Equal("image/png", image.Content.Headers.ContentType!.MediaType);
        using var download = await Client.Http.GetAsync(view.GetProperty("videoUrl").GetString() + "?download", Cancellation);
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task Pressing_twice_buys_once()
    {
        var id = Guid.NewGuid().ToString();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Client.GenerateAsync("image", ("clientRequestId", id))));
        await Client.WaitForStateAsync(id, "done");

        Assert.Single(fixture.Emulator.Ledger.Submissions, submission => submission.ClientRequestId == id);
        var sent = fixture.Emulator.Ledger.Requests.Count(request => request.Operation == EmulatorOperations.Submit && request.ClientRequestId == id);
        Assert.Equal(1, sent);
    }

    [Fact]
    public async Task Invalid_values_are_reported_at_each_field_and_nothing_is_sent()
    {
        var before = fixture.Emulator.Ledger.Submissions.Count;
        using var form = StudioClient.Form(
            "image", "not an image, but long enough"u8.ToArray(), ("prompt", ""), ("seconds", "7"), ("resolution", "480p"), ("seed", "-1"));
        var (status, body) = await Client.PostAsync(form);

        Assert.Equal(400, status);
        var errors = body.GetProperty("errors");
        Assert.Equal(["picture", "prompt", "resolution", "seconds", "seed"], errors.EnumerateObject().Select(error => error.Name).Order());
        Assert.Equal("The prompt is required and is empty.", errors.GetProperty("prompt")[0].GetString());
        Assert.StartsWith("The image is not an image of a format that can be decoded", errors.GetProperty("picture")[0].GetString(), StringComparison.Ordinal);
        Assert.Equal(before, fixture.Emulator.Ledger.Submissions.Count);
    }

    [Theory]
    [InlineData("image", null, "picture")]
    [InlineData("text", "clientRequestId", "clientRequestId")]
    [InlineData("text", "model", "model")]
    [InlineData("text", "seconds", "seconds")]
    [InlineData("text", "resolution", "resolution")]
    public async Task A_missing_value_is_reported_at_its_field(string model, string? missing, string field)
    {
        using var form = missing is null
            ? StudioClient.Form("text", null, ("model", model))
            : StudioClient.Form(model, null, (missing, null));
        var (status, body) = await Client.PostAsync(form);

        Assert.Equal((400, field), (status, body.GetProperty("errors").EnumerateObject().Single().Name));
    }

    [Fact]
    public async Task A_damaged_image_is_rejected_before_a_job_is_created()
    {
        using var form = StudioClient.Form("image", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "lighthouse.png"))[..5000]);
        var (status, body) = await Client.PostAsync(form);

        Assert.Equal(400, status);
        Assert.Equal(
            "The image is damaged, or is a PNG image of an unsupported kind; save it again, or export it as JPEG.",
            body.GetProperty("errors").GetProperty("picture")[0].GetString());
    }

    [Theory]
    [InlineData("phone.heic", "JPEG, 300 × 400 px, * kB: converted from HEIC to JPEG; metadata removed")]
    [InlineData("alpha.heic", "JPEG, 400 × 300 px, * kB: converted from HEIC to JPEG; transparency replaced by #FFFFFF")]
    public async Task A_phones_image_is_converted_and_becomes_a_video(string name, string details)
    {
        using var form = StudioClient.Form("image", File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, name)));
        var (status, body) = await Client.PostAsync(form);
        Assert.True(status == 202, body.ToString());

        var view = await Client.WaitForStateAsync(body.GetProperty("id").GetString()!, "done");

        Assert.Equal(details, Regex.Replace(view.GetProperty("imageDetails").GetString()!, "[0-9.]+ kB", "* kB"));
        using var image = await Client.Http.GetAsync(view.GetProperty("pictureUrl").GetString(), Cancellation);
        Assert.Equal("image/jpeg", image.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_request_without_a_token_buys_nothing()
    {
        using var anonymous = new HttpClient { BaseAddress = fixture.Studio.Address };
        using var form = StudioClient.Form();
        using var response = await anonymous.PostAsync("/api/generations", form, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("/api/session", await response.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var retry = await anonymous.PostAsync($"/api/generations/{Guid.NewGuid()}/retry", null, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, retry.StatusCode);
    }

    [Theory]
    [InlineData("x", null, null)]
    [InlineData("%%%", null, null)]
    [InlineData("AAAAAAAA", "studio=AAAAAAAA", null)]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAA", "studio=CfDJ8AAAAAAAAAAAAAAAAAAAAAA", null)]
    [InlineData("CfDJ8~", "studio=%", null)]
    [InlineData("", "valid", null)]
    [InlineData("x", "valid", null)]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAA", "valid", "__RequestVerificationToken=%00")]
    [InlineData(null, "valid", "__RequestVerificationToken=%ff%00\u0001")]
    [InlineData(null, "studio=x", "__RequestVerificationToken=%00%ff&prompt=%zz")]
    [InlineData(null, null, "__RequestVerificationToken=AAAA")]
    public async Task A_malformed_token_is_a_bad_request(string? header, string? cookie, string? form)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = fixture.Studio.Address };
        if (cookie == "valid")
        {
            using var session = await http.GetAsync("/api/session", Cancellation);
            cookie = session.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        }

        var unknown = $"/api/generations/{Guid.NewGuid()}/retry";
        foreach (var (content, path) in Malformed(form ?? "prompt=p").Zip(["/api/generations", unknown, "/api/generations", unknown, "/api/generations", unknown]))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
            if (header is not null)
                request.Headers.TryAddWithoutValidation("X-Studio-Token", header);
            if (cookie is not null)
                request.Headers.TryAddWithoutValidation("Cookie", cookie);

            using var response = await http.SendAsync(request, Cancellation);

            Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        }
    }

    [Fact]
    public async Task A_malformed_form_is_a_bad_request()
    {
        foreach (var content in Malformed("__RequestVerificationToken=%00%ff&prompt=%zz"))
        {
            using var response = await Client.Http.PostAsync("/api/generations", content, Cancellation);

            Assert.InRange((int)response.StatusCode, 400, 415);
        }
    }

    [Theory]
    [InlineData("prompt")]
    [InlineData("negativePrompt")]
    public async Task A_null_character_is_reported_at_its_field(string field)
    {
        using var form = StudioClient.Form("text", null, (field, "a\0b"));

        var (status, body) = await Client.PostAsync(form);

        Assert.Equal((400, field), (status, body.GetProperty("errors").EnumerateObject().Single().Name));
    }

    private static HttpContent[] Malformed(string form) =>
    [
            new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded"),
            new ByteArrayContent("--x\r\nbroken"u8.ToArray()) { Headers = { { "Content-Type", "multipart/form-data; boundary=x" } } },
            new StringContent(string.Join('&', Enumerable.Range(0, 2_000).Select(i => $"{i}=1")), Encoding.UTF8, "application/x-www-form-urlencoded"),
            new StringContent("x=" + new string('y', 5_000) + "&" + new string('k', 5_000) + "=1", Encoding.UTF8, "application/x-www-form-urlencoded"),
            new ByteArrayContent([1, 2, 3]) { Headers = { { "Content-Type", "multipart/form-data" } } },
            new ByteArrayContent([1, 2, 3]) { Headers = { { "Content-Type", "multipart/form-data; boundary=" + new string('b', 500) } } },
    ];

    [Fact]
    public async Task A_body_of_another_type_or_above_the_limit_is_rejected()
    {
        Assert.Equal(415, (await Client.PostAsync(JsonContent.Create(new { model = "text" }))).Status);

        using var large = new ByteArrayContent(new byte[110 * 1024 * 1024]);
        large.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/generations") { Content = large };
        request.Headers.ExpectContinue = true;
        using var response = await Client.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_failed_generation_has_a_reason_and_is_retried_once()
    {
        fixture.Emulator.Script(submission => submission.Body.Contains("storm", StringComparison.Ordinal), EmulatorScript.FailWith("ContentPolicy", "The prompt was refused."), times: 1);
        var id = await Client.GenerateAsync("text", ("prompt", "A storm."));
        var failed = await Client.WaitForStateAsync(id, "failed");
        Assert.Equal(("The prompt was refused.", true), (failed.GetProperty("reason").GetString(), failed.GetProperty("canRetry").GetBoolean()));

        var responses = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Client.PostAsync(new StringContent(""), $"/api/generations/{id}/retry")));
        Assert.All(responses, response => Assert.Equal(202, response.Status));
        var next = Assert.Single(responses.Select(response => response.Body.GetProperty("id").GetString()!).Distinct());
        Assert.NotEqual(id, next);
        await Client.WaitForStateAsync(next, "done");
        Assert.False((await Client.GetAsync(id)).GetProperty("canRetry").GetBoolean());
        Assert.Equal(409, (await Client.PostAsync(new StringContent(""), $"/api/generations/{next}/retry")).Status);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/limits")]
    [InlineData("/api/generations/00000000-0000-0000-0000-000000000000")]
    [InlineData("/health")]
    [InlineData("/hangfire")]
    public async Task Every_response_has_security_headers(string path)
    {
        using var response = await Client.Http.GetAsync(path, Cancellation);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal(path == "/hangfire", policy.Contains("unsafe-inline", StringComparison.Ordinal));
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized)]
    [InlineData("operator:wrong", HttpStatusCode.Unauthorized)]
    [InlineData("operator:" + StudioFixture.OperatorPassword, HttpStatusCode.OK)]
    public async Task The_dashboard_is_open_to_the_operator_only(string? credentials, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/hangfire");
        if (credentials is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));
        using var response = await Client.Http.SendAsync(request, Cancellation);
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task A_request_for_another_host_is_rejected()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/generations") { Headers = { Host = "elsewhere.example" } };
        using var response = await Client.Http.SendAsync(request, Cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task The_estimated_price_is_the_price_that_is_charged()
    {
        using var response = await Client.Http.PostAsJsonAsync("/api/price", new { model = "image", resolution = "1080p", seconds = 10 }, Cancellation);
        var price = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        var id = await Client.GenerateAsync("image", ("resolution", "1080p"), ("seconds", "10"));
        var view = await Client.WaitForStateAsync(id, "done");
        Assert.Equal((true, view.GetProperty("costUsd").GetDecimal()), (price.GetProperty("known").GetBoolean(), price.GetProperty("usd").GetDecimal()));
    }

    [Fact]
    public async Task The_limits_for_the_page_are_the_limits_of_the_SDK()
    {
        var limits = await Client.Http.GetFromJsonAsync<JsonElement>("/api/limits", Cancellation);
        var (prompt, negative) = (limits.GetProperty("promptMaxLength").GetInt32(), limits.GetProperty("negativePromptMaxLength").GetInt32());
        var largest = new ReferenceToVideoRequest
        {
            Prompt = new string('a', prompt),
            NegativePrompt = new string('a', negative),
            Seed = limits.GetProperty("seedMax").GetInt64(),
            ReferenceImages = [.. Enumerable.Repeat(MediaSource.FromFile(Path.Combine(AppContext.BaseDirectory, "lighthouse.png")), limits.GetProperty("referenceMax").GetInt32())],
        };
        Assert.Empty(largest.Validate());
        var tooMuch = largest with
        {
            Prompt = largest.Prompt + "a",
            NegativePrompt = largest.NegativePrompt + "a",
            Seed = largest.Seed + 1,
            ReferenceImages = [.. largest.ReferenceImages, largest.ReferenceImages[0]],
        };
        Assert.Equal(4, tooMuch.Validate().Count);
        foreach (var seconds in Enumerable.Range(1, 20))
        {
            var isOffered = limits.GetProperty("seconds").EnumerateArray().Any(offered => offered.GetInt32() == seconds);
            Assert.Equal(isOffered, (largest with { Duration = new VideoDuration(seconds) }).Validate().Count == 0);
        }
    }
}
