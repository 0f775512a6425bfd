using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Emulator;

public sealed class ValidationTests
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAIAAAA7ljmRAAAAEElEQVR42mP436AARww4OQCGABN1sja0ZQAAAABJRU5ErkJggg==";

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
    [InlineData("i2v", "image_url", "\"picture.png\"", "invalid_string")]
    [InlineData("i2v", "image_url", "\"ftp://host/picture.png\"", "invalid_string")]
    [InlineData("i2v", "image_url", "\"data:image/png;base64,@@@@\"", "custom")]
    [InlineData("i2v", "image_url", "\"data:image/png;base64,aGVsbG8gd29ybGQ=\"", "custom")]
    [InlineData("i2v", "image_url", "\"data:image/png;base64,\"", "custom")]
    [InlineData("r2v", "image_urls", "[]", "custom")]
    [InlineData("r2v", "image_urls", "[\"https://a/1\",\"x\"]", "invalid_string")]
    public async Task A_wrong_value_is_refused_with_an_issue_that_points_to_it(string model, string field, string json, string code)
    {
        await using var host = await EmulatorHost.StartAsync();
        var body = Valid(model);
        body[field] = JsonNode.Parse(json);

        using var answer = await host.SubmitAsync(body.ToJsonString());
        var problem = await EmulatorHost.JsonAsync(answer);
        var issue = problem["error"]!["data"]!.AsArray().Single()!;

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(code, (string?)issue["code"]);
        Assert.Equal(field, (string?)issue["path"]![0]);
        Assert.Empty(host.Emulator.Ledger.Submissions);
    }

    [Theory]
    [InlineData("t2v", "prompt")]
    [InlineData("t2v", "model")]
    [InlineData("i2v", "image_url")]
    public async Task A_missing_field_is_required(string model, string field)
    {
        await using var host = await EmulatorHost.StartAsync();
        var body = Valid(model);
        _ = body.Remove(field);

        using var answer = await host.SubmitAsync(body.ToJsonString());
        var issue = (await EmulatorHost.JsonAsync(answer))["error"]!["data"]!.AsArray().Single()!;

        Assert.Equal(("undefined", field), ((string?)issue["received"], (string?)issue["path"]![0]));
    }

    [Theory]
    [InlineData("i2v", 501, HttpStatusCode.BadRequest)]
    [InlineData("i2v", 500, HttpStatusCode.Created)]
    [InlineData("r2v", 501, HttpStatusCode.BadRequest)]
    [InlineData("t2v", 501, HttpStatusCode.Created)]
    public async Task A_negative_prompt_is_limited_where_the_vendor_limits_it(string model, int length, HttpStatusCode expected)
    {
        await using var host = await EmulatorHost.StartAsync();
        var body = Valid(model);
        body["negative_prompt"] = new string('n', length);

        using var answer = await host.SubmitAsync(body.ToJsonString());

        Assert.Equal(expected, answer.StatusCode);
    }

    [Fact]
    public async Task Six_references_together_are_one_too_many()
    {
        await using var host = await EmulatorHost.StartAsync();
        var body = Valid("r2v");
        body["image_urls"] = new JsonArray("https://a/1", "https://a/2", "https://a/3");
        body["video_urls"] = new JsonArray("https://a/4", "https://a/5");
        using var five = await host.SubmitAsync(body.ToJsonString());

        body["video_urls"]!.AsArray().Add("https://a/6");
        using var six = await host.SubmitAsync(body.ToJsonString());

        Assert.Equal(HttpStatusCode.Created, five.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, six.StatusCode);
    }

    [Theory]
    [InlineData(false, HttpStatusCode.Created)]
    [InlineData(true, HttpStatusCode.BadRequest)]
    public async Task An_unknown_field_is_refused_only_on_demand(bool reject, HttpStatusCode expected)
    {
        await using var host = await EmulatorHost.StartAsync(o => o.RejectUnknownFields = reject);
        var body = Valid("i2v");
        body["tomorrow"] = 1;

        using var answer = await host.SubmitAsync(body.ToJsonString());

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"model\":")]
    [InlineData("null")]
    public async Task A_body_that_is_no_object_is_a_bad_request(string body)
    {
        await using var host = await EmulatorHost.StartAsync();

        using var answer = await host.SubmitAsync(body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_field_of_another_model_is_passed_over_whatever_it_holds()
    {
        await using var host = await EmulatorHost.StartAsync();
        var text = Valid("t2v");
        text["image_url"] = 5;
        var image = Valid("i2v");
        image["image_url"] = "https://example.com/a.png";
        image["aspect_ratio"] = "2:1";

        var ids = new[] { await host.AcceptAsync(text.ToJsonString()), await host.AcceptAsync(image.ToJsonString()) };
        host.Clock.Advance(TimeSpan.FromSeconds(4));

        foreach (var id in ids)
            Assert.NotEmpty(await host.Files.GetByteArrayAsync(EmulatorHost.UrlOf(await host.ReadAsync(id)), TestContext.Current.CancellationToken));
    }

    internal static JsonObject Valid(string model)
    {
        var body = new JsonObject { ["model"] = $"alibaba/wan-2-7-{model}", ["prompt"] = "a lighthouse at dusk" };
        if (model == "i2v")
            body["image_url"] = $"data:image/png;base64,{Png}";
        if (model == "r2v")
            body["image_urls"] = new JsonArray("https://example.com/a.png");
        return body;
    }
}
