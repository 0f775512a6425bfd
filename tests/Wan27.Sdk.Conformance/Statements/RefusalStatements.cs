using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Wan27.Sdk.Conformance.Targets;

namespace Wan27.Sdk.Conformance.Statements;

/// <summary>
/// Statements about submissions that the service must refuse. Which values a field takes is found out without a generation: each such
/// submission has three other defects, and the service names the fields that it refuses.
/// </summary>
internal static class RefusalStatements
{
    // An image of 20 MB in Base64.
    private const int LargeBody = 28 * 1024 * 1024;
    private const string ImageStart = "data:image/png;base64,iVBORw0KGgo";
    private const int LargeText = 5 * 1024 * 1024;

    private static readonly string[] Defects = ["aspect_ratio", "prompt", "resolution", "enhance_prompt"];

    public static IReadOnlyList<Statement> All { get; } =
    [
        Statement.Refused(
            "submit.no-prompt",
            "A submission with invalid fields is refused with 400.",
            Certainty.Documented,
            async (session, stop) =>
                ReadStatements.Status(await session.SubmitRefusedAsync(Defective(), stop), 400)),
        Statement.Refused("submit.issues", "The error names each invalid field.", Certainty.Reported, async (session, stop) =>
        {
            var named = Issues.Of(await session.SubmitRefusedAsync(Defective(), stop)) ?? new HashSet<string>();
            var value = named.Count == 0 ? "none" : string.Join(", ", named.Order(StringComparer.Ordinal));
            return Observation.Of(named.IsSupersetOf(Defects), value);
        }),
        Statement.Refused(
            "submit.no-key",
            "A submission without a key is refused with 401.",
            Certainty.Documented,
            async (session, stop) =>
                ReadStatements.Status(await session.SubmitRefusedAsync(Defective(), stop, key: ""), 401)),
        Statement.Refused(
            "submit.no-json",
            "A body that is not JSON is refused with 400.",
            Certainty.Documented,
            async (session, stop) =>
                ReadStatements.Status(await session.SubmitRefusedAsync(Content("{\"model\":"), stop), 400)),
        Statement.Refused(
            "submit.unknown-model",
            "An unknown model is refused with 400 or 404.",
            Certainty.Documented,
            async (session, stop) =>
                ReadStatements.Status(await session.SubmitRefusedAsync(Defective("model", "alibaba/no-such-model"), stop), 400, 404)),
        Statement.Refused(
            "submit.no-trace",
            "A refused submission has no x-inference-id.",
            Certainty.Assumed,
            async (session, stop) =>
            {
                var refused = await session.SubmitRefusedAsync(Defective(), stop);
                return Observation.Of(refused.Header("x-inference-id") is null, refused.Header("x-inference-id") is null ? "none" : "has one");
            }),
        Statement.Refused(
            "submit.limit-status",
            "A value of the right type that breaks a limit is refused with 400, not with 422.",
            Certainty.Assumed,
            async (session, stop) => ReadStatements.Status(await session.SubmitRefusedAsync(Defective("seed", -1), stop), 400)),
        Statement.Refused(
            "field.unknown",
            "A field that is not documented is ignored.",
            Certainty.Assumed,
            async (session, stop) =>
                Taken(await session.SubmitRefusedAsync(Defective("conformance_no_such_field", 1), stop), "conformance_no_such_field", isTaken: null)),
        Statement.Refused("field.duration-text", "A duration as a string is refused.", Certainty.Assumed, async (session, stop) =>
            Taken(await session.SubmitRefusedAsync(Defective("duration", "5"), stop), "duration", isTaken: null)),
        Statement.Refused(
            "field.duration",
            "The durations 5, 10 and 15 are taken, and no others.",
            Certainty.Documented,
            TakesDurationsAsync),
        Statement.Refused(
            "field.prompt-limit",
            "A prompt of more than 5,000 characters is refused.",
            Certainty.Reported,
            async (session, stop) =>
                Taken(await session.SubmitRefusedAsync(Defective("prompt", new string('a', 5001)), stop), "prompt", isTaken: false)),
        Statement.Refused(
            "field.negative-prompt-limit",
            "Text to video has no limit for negative_prompt.",
            Certainty.Documented,
            async (session, stop) =>
                Taken(await session.SubmitRefusedAsync(Defective("negative_prompt", new string('a', 501)), stop), "negative_prompt", isTaken: true)),
        Statement.Refused("field.seed-minimum", "A negative seed is refused.", Certainty.Reported, async (session, stop) =>
            Taken(await session.SubmitRefusedAsync(Defective("seed", -1), stop), "seed", isTaken: false)),
        Statement.Refused(
            "field.seed-maximum",
            "A seed above 2147483647 is refused.",
            Certainty.Reported,
            async (session, stop) =>
                Taken(await session.SubmitRefusedAsync(Defective("seed", 2147483648L), stop), "seed", isTaken: false)),
        Statement.Refused(
            "field.null",
            "A field that is null is refused: the client leaves it out.",
            Certainty.Assumed,
            async (session, stop) =>
                Taken(await session.SubmitRefusedAsync(Defective("seed", null), stop), "seed", isTaken: null)),
        Statement.Refused(
            "body.28-mb",
            "A body of 28 MB, an image of 20 MB in Base64, is not refused for its size.",
            Certainty.Assumed,
            async (session, stop) =>
            {
                var refused = await session.SubmitRefusedAsync(LargeContent(), stop);
                return Observation.Of(refused.Status == 400, refused.Status.ToString(CultureInfo.InvariantCulture));
            }),
        Statement.Refused("body.5-mb-text", "A body with 5 MB of text is refused.", Certainty.Assumed, async (session, stop) =>
            ReadStatements.Status(await session.SubmitRefusedAsync(Defective("negative_prompt", new string('a', LargeText)), stop), 400, 413)),
        Statement.Refused(
            "body.expect",
            "With Expect: 100-continue, a refusal arrives before the body is sent.",
            Certainty.Assumed,
            async (session, stop) =>
            {
                var refused = await session.SubmitRefusedAsync(LargeContent(), stop, key: "", ("Expect", "100-continue"));
                return Observation.Of(refused.Status == 401, $"{refused.Status}, {(refused.IsBodySent ? "body sent" : "body not sent")}");
            }),
        Statement.Refused(
            "error.out-of-credits",
            "Without credits, a submission is refused with 403.",
            Certainty.Documented,
            async (session, stop) =>
            {
                if (session.EmptyAccountKey is not { } key)
                    return Observation.NotRun("needs an account without credits");
                var valid = Defective("prompt", Session.Prompt);
                valid["resolution"] = "720p";
                _ = valid.Remove("aspect_ratio") && valid.Remove("enhance_prompt");
                var refused = await session.SubmitRefusedAsync(valid, stop, key);
                return Observation.Of(refused.Status == 403, $"{refused.Status} {(string?)refused.Json?["error"]?["data"]?["kind"]}");
            }),
    ];

    /// <summary>Creates a submission with defects in four fields, and one more field.</summary>
    private static JsonObject Defective(string? field = null, JsonNode? value = null)
    {
        var body = new JsonObject
        {
            ["model"] = PricedRequest.ProbeModel,
            ["resolution"] = "none",
            ["aspect_ratio"] = "none",
            ["enhance_prompt"] = "none",
            ["duration"] = 5,
        };
        if (field is not null)
            body[field] = value;
        return body;
    }

    private static async Task<Observation> TakesDurationsAsync(Session session, CancellationToken cancellationToken)
    {
        var taken = new List<int>();
        foreach (var seconds in new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 16, 20 })
        {
            if (Issues.Of(await session.SubmitRefusedAsync(Defective("duration", seconds), cancellationToken)) is not { } named)
                return Observation.NotRun("the error names no fields");
            if (!named.Contains("duration"))
                taken.Add(seconds);
        }

        return Observation.Of(taken is [5, 10, 15], string.Join(", ", taken));
    }

    /// <param name="refused">The response to the submission.</param>
    /// <param name="field">The field.</param>
    /// <param name="isTaken">Whether the value must be taken; null if the client works with both.</param>
    private static Observation Taken(Exchange refused, string field, bool? isTaken) => Issues.Of(refused) is { } named
        ? Observation.Of(isTaken is null || isTaken == !named.Contains(field), named.Contains(field) ? "refused" : "taken")
        : Observation.NotRun("the error names no fields");

    private static StringContent Content(string json) => new(json, Encoding.UTF8, "application/json");

    private static ByteArrayContent LargeContent()
    {
        const string start = $$"""{"model":"{{ImageToVideoRequest.DefaultModel}}","resolution":"none","seed":"none","image_url":"{{ImageStart}}""";
        const string end = "\"}";
        var body = new byte[LargeBody];
        body.AsSpan().Fill((byte)'A');
        Encoding.ASCII.GetBytes(start, body);
        Encoding.ASCII.GetBytes(end, body.AsSpan(^end.Length..));
        return new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
    }
}
