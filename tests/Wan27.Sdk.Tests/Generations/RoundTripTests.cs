using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wan27.Sdk.Tests.Generations;

public class RoundTripTests
{
    private const string Full =
        """
        {"id":"uuid:model/with/slashes","status":"Succeeded-ish","video":{"url":"https://a.com/x%2Fy.mp4?s=%2B+|","content_type":"video/mp4","file_name":"v.mp4",
         "file_size":1234,"duration":5.040,"fps":24},"error":{"name":"n","message":"m","detail":[{"loc":["body.image"],"msg":"bad"}],"code":{"deep":[1,2]}},
         "meta":{"usage":{"credits_used":3900000,"usd_spent":1.95,"tokens_used":7,"cached":true},"region":"eu"},"client_request_id":"order-1",
         "queue_position":3,"note":null,"big":1e400}
        """;

    public static TheoryData<string> Shapes { get; } =
    [
        Full,
        """{"id":"a","status":"queued","video":null}""",
        """{"id":"a","status":"completed","video":[{"url":"https://a.com/1.mp4"},{"url":"https://a.com/2.mp4","fps":24}]}""",
        """{"id":"a","status":"completed","video":{"url":"/relative/v.mp4"}}""",
        """{"id":"","status":"unknown","video":null}""",
        """{"id":"a","status":"queued","video":null,"meta":{"region":"eu"}}""",
        """{"id":"a","status":"error","video":null,"error":{"message":"plain"}}""",
        """{"id":"a","status":"queued","video":null,"meta":{"usage":[1]}}""",
        """{"id":"a","status":"queued","video":null,"meta":"odd"}""",
        """{"id":"a","status":"error","video":null,"error":{"message":"m","detail":"d"}}""",
    ];

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_generation_is_written_as_it_was_read(string json)
    {
        var written = JsonSerializer.Serialize(Reading.Of(json));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), JsonNode.Parse(written)), written);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(70)]
    public void Known_fields_are_written_once_however_many_are_unknown(int count)
    {
        var unknown = string.Concat(Enumerable.Range(0, count).Select(i => $"\"x{i}\":{i},"));

        var generation = Reading.Of($$"""{{{unknown}}"id":"a","status":"queued","id":"a","duration":1,"video":{{{unknown}}"file_size":7,"url":"https://a.com/v.mp4"},"meta":null}""");

        Assert.Equal(count + 1, generation.AdditionalProperties.Count);
        Assert.Equal((count, 7), (generation.Video!.AdditionalProperties.Count, generation.Video.FileSize));
    }

    [Fact]
    public void Unknown_fields_are_kept_at_each_level()
    {
        var generation = Reading.Of(Full);

        Assert.Equal(["queue_position", "note", "big", "meta"], generation.AdditionalProperties.Keys.OrderBy(name => "qnbm".IndexOf(name[0], StringComparison.Ordinal)));
        Assert.Equal("""{"region":"eu"}""", generation.AdditionalProperties["meta"].GetRawText());
        Assert.Equal(24, generation.Video!.AdditionalProperties["fps"].GetInt32());
        Assert.Equal("[1,2]", generation.Error!.AdditionalProperties["code"].GetProperty("deep").GetRawText());
        Assert.True(generation.Cost.AdditionalProperties["cached"].GetBoolean());
    }

    [Fact]
    public void A_generation_built_by_a_test_is_written_as_documented_and_read_again()
    {
        var generation = new VideoGeneration
        {
            Id = "gen-1",
            Status = GenerationStatus.Completed,
            Videos = [new GeneratedVideo { Uri = new Uri("https://a.com/v.mp4"), FileSize = 7 }],
            Cost = new GenerationCost { Usd = 0.5m },
            Error = new GenerationError { Message = "m", Problems = [new RequestProblem("body.image", "bad")] },
            ClientRequestId = "order-1",
            AdditionalProperties = new Dictionary<string, JsonElement> { ["x"] = JsonDocument.Parse("1").RootElement },
        };

        var written = JsonSerializer.Serialize(generation);

        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    """
                    {"id":"gen-1","status":"completed","video":{"url":"https://a.com/v.mp4","file_size":7},"error":{"message":"m","detail":[{"loc":["body.image"],"msg":"bad"}]},
                     "meta":{"usage":{"usd_spent":0.5}},"client_request_id":"order-1","x":1}
                    """),
                JsonNode.Parse(written)),
            written);
        Assert.Equal(written, JsonSerializer.Serialize(Reading.Of(written)));
    }

    [Fact]
    public void A_printed_generation_shows_no_signature()
    {
        var generation = Reading.Of("""{"id":"gen-1","status":"completed","video":{"url":"https://a.com/v.mp4?sig=canary"}}""");

        Assert.Equal("VideoGeneration { Id = gen-1, Status = completed }", generation.ToString());
        Assert.Equal("GeneratedVideo { Uri = https://a.com/v.mp4 }", generation.Video!.ToString());
    }
}
