using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wan27.Sdk.Tests.Requests;

public sealed class VideoRequestTests
{
    private static readonly MediaSource Image = MediaSource.FromUri("https://example.com/lamp.png");

    private static string DataUri => "data:image/png;base64," + Convert.ToBase64String(ImageFiles.Png(640, 360, colorType: 2));

    private static MediaSource LocalImage => MediaSource.FromBytes(ImageFiles.Png(640, 360, colorType: 2));

    [Fact]
    public async Task Fields_are_sent_as_they_are_written_with_media_anywhere()
    {
        var request = new VideoRequest("luma/ray-2")
        {
            Prompt = "The lamp turns.",
            Duration = new VideoDuration(9),
            Fields = new Dictionary<string, object?>
            {
                ["keyframes"] = new Dictionary<string, object?> { ["frame0"] = new Dictionary<string, object?> { ["type"] = "image", ["url"] = LocalImage } },
                ["images"] = new List<MediaSource> { Image, LocalImage },
                ["loop"] = true,
                ["cfg_scale"] = 0.5,
                ["big"] = 18_446_744_073_709_551_615,
                ["nothing"] = null,
                ["masks"] = new JsonArray(new JsonObject { ["x"] = 1 }),
                ["resolution"] = VideoResolution.P720,
                ["texts"] = new Dictionary<string, string> { ["a"] = "b" },
                ["parsed"] = JsonSerializer.Deserialize<JsonElement>("[1,{}]"),
            },
        };

        Assert.Empty(request.Validate());
        Assert.Equal(
            $$$"""{"model":"luma/ray-2","prompt":"The lamp turns.","duration":9,"keyframes":{"frame0":{"type":"image","url":"{{{DataUri}}}"}},"images":["https://example.com/lamp.png","{{{DataUri}}}"],"loop":true,"cfg_scale":0.5,"big":18446744073709551615,"nothing":null,"masks":[{"x":1}],"resolution":"720p","texts":{"a":"b"},"parsed":[1,{}]}""",
            await Bodies.OfAsync(request));
    }

    [Fact]
    public async Task A_field_replaces_the_property_of_its_name()
    {
        var request = new VideoRequest("m", new JsonObject { ["prompt"] = "mine", ["seed"] = "text" }) { Prompt = "other", Seed = 7 };

        Assert.Equal("""{"model":"m","prompt":"mine","seed":"text"}""", await Bodies.OfAsync(request));
    }

    [Fact]
    public async Task Fields_are_copied_when_they_are_set()
    {
        var list = new List<string> { "a" };
        var json = new JsonObject { ["x"] = 1 };
        var fields = new Dictionary<string, object?> { ["list"] = list, ["json"] = json };
        var request = new VideoRequest("m") { Fields = fields };

        list.Add("b");
        json["x"] = 2;
        fields.Clear();

        Assert.Equal("""{"model":"m","list":["a"],"json":{"x":1}}""", await Bodies.OfAsync(request));
    }

    [Fact]
    public void Only_what_is_common_to_all_models_is_validated()
    {
        var itself = new Dictionary<string, object?>();
        itself["again"] = itself;
        var request = new VideoRequest(" ")
        {
            ClientRequestId = "no spaces",
            Fields = new Dictionary<string, object?>
            {
                ["model"] = "other",
                ["when"] = DateTime.UnixEpoch,
                ["scale"] = double.NaN,
                ["text"] = new[] { "half \uD800" },
                ["image"] = MediaSource.FromFile("/nowhere/photo.png"),
                ["gif"] = MediaSource.FromBytes("GIF89a and more"u8.ToArray()),
                ["duration"] = 7,
                ["itself"] = itself,
            },
        };

        var problems = request.Validate();

        Assert.Equal(
            ["Model", "ClientRequestId", "Fields.model", "Fields.when", "Fields.scale", "Fields.text[0]", "Fields.image"],
            problems.Select(problem => problem.Member).Take(7));
        Assert.Contains("which cannot be sent", problems[3].Message, StringComparison.Ordinal);
        Assert.EndsWith("is nested deeper than 64 levels", Assert.Single(problems.Skip(7)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_person_wrote_is_a_secret()
    {
        var request = new VideoRequest("m", new JsonObject { ["prompts"] = new JsonArray("canary-1"), ["style"] = "canary 2", ["mode"] = "canary-3" }) { Prompt = "canary-0" };

        Assert.Equal("*** *** *** canary-3", request.Redactor.Redact("canary-0 canary-1 canary 2 canary-3"));
        Assert.DoesNotContain("canary", request.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The fields are those of the service's documentation of each model.</summary>
    [Theory]
    [InlineData("alibaba/wan2.1-t2v-turbo", """{"resolution":"480P","aspect_ratio":"16:9","watermark":false}""")]
    [InlineData("alibaba/wan2.2-i2v-plus", """{"image_url":"@","resolution":"1080P"}""")]
    [InlineData("alibaba/wan2.5-i2v-preview", """{"image_url":"@","resolution":"720p","duration":5}""")]
    [InlineData("alibaba/wan-2-6-i2v", """{"image_url":"@","audio_url":"https://example.com/a.mp3","shot_type":"multi","duration":15}""")]
    [InlineData("klingai/v2.1-master-image-to-video", """{"image_url":"@","duration":5,"cfg_scale":0.5,"dynamic_masks":[{"mask":"@","trajectories":[{"x":1,"y":2}]}]}""")]
    [InlineData("klingai/v2.5-turbo/pro/image-to-video", """{"image_url":"@","duration":10,"cfg_scale":0.5}""")]
    [InlineData("google/veo-3.1-i2v", """{"image_url":"@","duration":8,"resolution":"720p","generate_audio":true}""")]
    [InlineData("openai/sora-2-i2v", """{"image_url":"@","duration":12,"aspect_ratio":"9:16"}""")]
    [InlineData("minimax/hailuo-2.3", """{"image_url":"@","resolution":"768P","duration":6}""")]
    [InlineData("luma/ray-2", """{"keyframes":{"frame0":{"type":"image","url":"@"}},"loop":true,"duration":9}""")]
    [InlineData("pixverse/v5/image-to-video", """{"image_url":"@","duration":8,"style":"anime"}""")]
    public async Task Each_family_is_sent_as_its_documentation_shows(string model, string json)
    {
        var request = new VideoRequest(model) { Prompt = "The lamp turns.", Fields = WithMedia(JsonNode.Parse(json)!.AsObject()) };

        Assert.Empty(request.Validate());
        var expected = JsonNode.Parse(json.Replace("@", DataUri, StringComparison.Ordinal))!.AsObject();
        expected["model"] = model;
        expected["prompt"] = "The lamp turns.";
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(await Bodies.OfAsync(request))));
    }

    private static Dictionary<string, object?> WithMedia(JsonObject fields) =>
        fields.ToDictionary(field => field.Key, field => WithMedia(field.Value), StringComparer.Ordinal);

    private static object? WithMedia(JsonNode? value) => value switch
    {
        JsonObject fields => WithMedia(fields),
        JsonArray items => items.Select(WithMedia).ToArray(),
        JsonValue text when text.ToString() == "@" => LocalImage,
        _ => value,
    };
}
