using System.Text.Json.Nodes;

namespace Wan27.Sdk.Tests.Requests;

public class RequestFieldTests
{
    [Fact]
    public async Task The_duration_is_sent_as_an_integer() =>
        Assert.Contains("\"duration\":5,", await Bodies.OfAsync(Samples.Image with { Duration = VideoDuration.FiveSeconds, Seed = 1 }), StringComparison.Ordinal);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [InlineData(null)]
    public async Task The_two_switches_for_the_prompt_are_sent_as_one(bool? enhance)
    {
        var body = JsonNode.Parse(await Bodies.OfAsync(Samples.Image with { EnhancePrompt = enhance }))!;

        Assert.Equal((enhance, enhance), ((bool?)body["enhance_prompt"], (bool?)body["enable_prompt_expansion"]));
    }

    [Fact]
    public async Task One_of_the_two_switches_can_be_replaced_alone()
    {
        var body = JsonNode.Parse(await Bodies.OfAsync(Samples.Image with
        {
            EnhancePrompt = true,
            AdditionalProperties = new Dictionary<string, JsonNode?> { ["enable_prompt_expansion"] = false },
        }))!;

        Assert.Equal((true, false), ((bool)body["enhance_prompt"]!, (bool)body["enable_prompt_expansion"]!));
    }

    [Fact]
    public async Task The_model_can_be_replaced() =>
        Assert.Equal("alibaba/wan-2-8-t2v", (string?)JsonNode.Parse(await Bodies.OfAsync(Samples.Text with { Model = "alibaba/wan-2-8-t2v" }))!["model"]);

    [Fact]
    public async Task Additional_properties_are_added_and_replace_known_fields_once()
    {
        var body = await Bodies.OfAsync(Samples.Text with
        {
            Seed = 1,
            AdditionalProperties = new Dictionary<string, JsonNode?>
            {
                ["camera"] = new JsonObject { ["pan"] = 1.5 },
                ["seed"] = "random",
                ["prompt"] = null,
            },
        });

        Assert.Equal("""{"model":"alibaba/wan-2-7-t2v","camera":{"pan":1.5},"seed":"random","prompt":null}""", body);
    }

    [Fact]
    public async Task A_replaced_medium_is_not_read()
    {
        var request = new ImageToVideoRequest
        {
            Prompt = "p",
            Image = MediaSource.FromFile("/no/such/file.png"),
            AdditionalProperties = new Dictionary<string, JsonNode?> { ["image_url"] = "https://example.com/x.png" },
        };

        Assert.Equal("https://example.com/x.png", (string?)JsonNode.Parse(await Bodies.OfAsync(request))!["image_url"]);
    }

    [Fact]
    public async Task The_request_is_sent_as_JSON_to_the_documented_path_under_its_own_id()
    {
        using var service = ScriptedService.Responding(TestResponse.Generation("queued"));

        await service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation));

        var post = Assert.Single(service.Requests);
        Assert.Equal(("POST", "https://api.aimlapi.com/v2/video/generations"), (post.Method.Method, post.Uri.AbsoluteUri));
        Assert.Contains("X-Client-Request-Id: order-1", post.Headers, StringComparison.Ordinal);
        Assert.Equal("application/json", post.ContentType);
    }

    [Fact]
    public async Task Letters_are_sent_unescaped() =>
        Assert.Equal(
            """{"model":"alibaba/wan-2-7-t2v","prompt":"Zoë + 'Leon' <3 \"hi\""}""",
            await Bodies.OfAsync(Samples.Text with { Prompt = "Zoë + 'Leon' <3 \"hi\"" }));
}
