using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Wan27.Sdk.EmulatorTests;

public sealed class ValidationTests
{
    private const string Png =
        "iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAIAAAA7ljmRAAAAEElEQVR42mP436AARww4OQCGABN1sja0ZQAAAABJRU5ErkJggg==";

    [Theory]
    [InlineData("t2v", "duration", "\"5\"", "invalid_type")]
    [InlineData("t2v", "duration", "5.5", "invalid_type")]
    [InlineData("t2v", "duration", "7", "invalid_enum_value")]
    [InlineData("t2v", "resolution", "\"4k\"", "invalid_enum_value")]
    [InlineData("t2v", "resolution", "1080", "invalid_type")]
    [InlineData("t2v", "aspect_ratio", "\"2:1\"", "invalid_enum_value")]
    [InlineData("i2v", "shot_type", "\"triple\"", "invalid_enum_value")]
    [InlineData("i2v", "watermark", "\"true\"", "invalid_type")]
    [InlineData("t2v", "seed", "-1", "custom")]
    [InlineData("t2v", "seed", "2147483648", "custom")]
    [InlineData("t2v", "prompt", "\"\"", "too_small")]
    [InlineData("t2v", "prompt", "null", "invalid_type")]
    [InlineData("t2v", "model", "\"alibaba/wan-9\"", "invalid_enum_value")]
    [InlineData("i2v", "image_url", "\"image.png\"", "invalid_string")]
    [InlineData("i2v", "image_url", "\"ftp://host/image.png\"", "invalid_string")]
    [InlineData("i2v", "image_url", "\"data:image/png;base64,@@@@\"", "custom")]
    [InlineData("i2v", "image_url", "\"data:image/png;base64,aGVsbG8gd29ybGQ=\"", "custom")]
    [InlineData("i2v", "image_url", "\"data:image/png;base64,\"", "custom")]
    [InlineData("r2v", "image_urls", "[]", "custom")]
    [InlineData("r2v", "image_urls", "[\"https://a/1\",\"x\"]", "invalid_string")]
    public async Task An_invalid_value_is_rejected_with_an_issue_for_its_field(
        string model, string field, string json, string code)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var body = CreateValidBody(model);
        body[field] = JsonNode.Parse(json);

        using var response = await fixture.SubmitAsync(body.ToJsonString());
        var problem = await EmulatorFixture.ReadJsonAsync(response);
        var issue = problem["error"]!["data"]!.AsArray().Single()!;

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(code, (string?)issue["code"]);
        Assert.Equal(field, (string?)issue["path"]![0]);
        Assert.Empty(fixture.Emulator.Ledger.Submissions);
    }

    [Theory]
    [InlineData("t2v", "prompt")]
    [InlineData("t2v", "model")]
    [InlineData("i2v", "image_url")]
    public async Task A_missing_required_field_is_rejected(string model, string field)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var body = CreateValidBody(model);
        _ = body.Remove(field);

        using var response = await fixture.SubmitAsync(body.ToJsonString());
        var issue = (await EmulatorFixture.ReadJsonAsync(response))["error"]!["data"]!.AsArray().Single()!;

        Assert.Equal(("undefined", field), ((string?)issue["received"], (string?)issue["path"]![0]));
    }

    [Theory]
    [InlineData("i2v", 501, HttpStatusCode.BadRequest)]
    [InlineData("i2v", 500, HttpStatusCode.Created)]
    [InlineData("r2v", 501, HttpStatusCode.BadRequest)]
    [InlineData("t2v", 501, HttpStatusCode.Created)]
    public async Task A_negative_prompt_is_limited_if_the_model_has_a_limit(string model, int length, HttpStatusCode expected)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var body = CreateValidBody(model);
        body["negative_prompt"] = new string('n', length);

        using var response = await fixture.SubmitAsync(body.ToJsonString());

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Six_references_are_rejected()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var body = CreateValidBody("r2v");
        body["image_urls"] = new JsonArray("https://a/1", "https://a/2", "https://a/3");
        body["video_urls"] = new JsonArray("https://a/4", "https://a/5");
        using var five = await fixture.SubmitAsync(body.ToJsonString());

        body["video_urls"]!.AsArray().Add("https://a/6");
        using var six = await fixture.SubmitAsync(body.ToJsonString());

        Assert.Equal(HttpStatusCode.Created, five.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, six.StatusCode);
    }

    [Theory]
    [InlineData(false, HttpStatusCode.Created)]
    [InlineData(true, HttpStatusCode.BadRequest)]
    public async Task An_unknown_field_is_rejected_only_if_the_option_is_set(bool reject, HttpStatusCode expected)
    {
        await using var fixture = await EmulatorFixture.StartAsync(options => options.RejectUnknownFields = reject);
        var body = CreateValidBody("i2v");
        body["tomorrow"] = 1;

        using var response = await fixture.SubmitAsync(body.ToJsonString());

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"model\":")]
    [InlineData("null")]
    public async Task A_body_that_is_not_an_object_is_a_bad_request(string body)
    {
        await using var fixture = await EmulatorFixture.StartAsync();

        using var response = await fixture.SubmitAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_field_of_another_model_is_ignored_whatever_its_value_is()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var text = CreateValidBody("t2v");
        text["image_url"] = 5;
        var image = CreateValidBody("i2v");
        image["image_url"] = "https://example.com/a.png";
        image["aspect_ratio"] = "2:1";

        var textId = await fixture.CreateGenerationAsync(text.ToJsonString());
        var imageId = await fixture.CreateGenerationAsync(image.ToJsonString());
        fixture.Clock.Advance(TimeSpan.FromSeconds(4));

        foreach (var id in (string[])[textId, imageId])
        {
            var url = EmulatorFixture.GetVideoUrl(await fixture.GetGenerationAsync(id));
            Assert.NotEmpty(await fixture.Files.GetByteArrayAsync(url, TestContext.Current.CancellationToken));
        }
    }

    internal static JsonObject CreateValidBody(string model)
    {
        var body = new JsonObject { ["model"] = $"alibaba/wan-2-7-{model}", ["prompt"] = "a lighthouse at dusk" };
        if (model == "i2v")
            body["image_url"] = $"data:image/png;base64,{Png}";
        if (model == "r2v")
            body["image_urls"] = new JsonArray("https://example.com/a.png");
        return body;
    }
}
