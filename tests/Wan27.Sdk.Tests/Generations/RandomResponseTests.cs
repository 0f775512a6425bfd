using System.Text.Json;
using CsCheck;

namespace Wan27.Sdk.Tests.Generations;

/// <summary>Responses generated at random from the known fields, in known and unknown shapes.</summary>
public class RandomResponseTests
{
    private const string Seed = "0N0XIzNsQ0O2";

    private static readonly string[] Names =
        ["status", "video", "url", "content_type", "file_size", "duration", "error", "name", "message", "detail", "loc", "msg", "meta", "usage", "usd_spent", "credits_used", "tokens_used", "client_request_id", "x"];

    private static readonly Gen<string> Text = Gen.OneOf(Gen.String[Gen.Char["aZ9 .\"\\/<>&+'\n\tüß漢…\u0000\u2028"], 0, 12], Gen.Const("https://a.com/x%2Fy.mp4?s=%2B+|"), Gen.Const("1.5"), Gen.Const("completed"));

    private static readonly Gen<string> Scalar = Gen.OneOf(
        Text.Select(text => JsonSerializer.Serialize(text)), Gen.Long.Select(number => $"{number}"), Gen.Const("1e400"), Gen.Const("0.1"), Gen.Const("null"), Gen.Const("true"));

    private static readonly Gen<string> Value = Nested(3);

    private static readonly Gen<string> Response = Gen.Select(Text.Where(id => !string.IsNullOrWhiteSpace(id)), Members(Value), (id, members) => $$"""{"id":{{JsonSerializer.Serialize(id)}}{{(members.Length > 0 ? "," : "")}}{{members}}}""");

    [Fact]
    public void Any_object_is_read_and_what_is_stored_of_it_is_read_again_as_it_was() =>
        Response.Sample(
            json =>
            {
                var generation = Reading.Of(json);
                var stored = JsonSerializer.Serialize(generation);
                Assert.True(JsonElement.DeepEquals(JsonElement.Parse(stored), JsonElement.Parse(JsonSerializer.Serialize(Reading.Of(stored)))));
                Assert.Equal(Field(json, "id").GetString(), generation.Id);
                var status = Field(json, "status");
                Assert.Equal(status.ValueKind switch
                {
                    JsonValueKind.String when status.GetString() is { Length: > 0 } text => text,
                    JsonValueKind.String or JsonValueKind.Undefined or JsonValueKind.Null => "unknown",
                    _ => status.GetRawText()
                }, generation.Status.Value);
            },
            seed: Seed, iter: 10_000, threads: 1);

    [Fact]
    public void No_field_that_is_unknown_is_lost() =>
        Response.Sample(
            json =>
            {
                var (given, stored) = (Field(json, "x"), Field(JsonSerializer.Serialize(Reading.Of(json)), "x"));
                return given.ValueKind == stored.ValueKind && (given.ValueKind is JsonValueKind.Undefined || JsonElement.DeepEquals(given, stored));
            },
            seed: Seed, iter: 10_000, threads: 1);

    // The last of several equal names counts.
    private static JsonElement Field(string json, string name) =>
        JsonElement.Parse(json).EnumerateObject().LastOrDefault(field => field.Value.ValueKind is not JsonValueKind.Undefined && field.Name == name).Value;

    private static Gen<string> Nested(int depth)
    {
        if (depth == 0)
            return Scalar;
        var inner = Nested(depth - 1);
        return Gen.OneOf(Scalar, Scalar, inner.Array[0, 3].Select(items => $"[{string.Join(',', items)}]"), Members(inner).Select(members => $$"""{{{members}}}"""));
    }

    private static Gen<string> Members(Gen<string> value) =>
        Gen.Select(Gen.Int[0, Names.Length - 1], value, (name, written) => $"\"{Names[name]}\":{written}").Array[0, 6]
            .Select(members => string.Join(',', members.Where((member, i) => !IsIdentity(member) || Array.FindIndex(members, IsIdentity) == i)));

    // Two of these contradict each other, which is an error of its own.
    private static bool IsIdentity(string member) => member.StartsWith("\"client_request_id\"", StringComparison.Ordinal);
}
