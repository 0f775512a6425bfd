using System.Globalization;
using System.Text.Json.Nodes;
using Wan27.Sdk.Conformance.Targets;

namespace Wan27.Sdk.Conformance.Statements;

/// <summary>Statements that only reads are needed for.</summary>
internal static class ReadStatements
{
    private const string UnknownId = "conformance-no-such-generation";
    private const string TextToVideo = TextToVideoRequest.DefaultModel;

    private static readonly string LongId = new('a', 129);
    private static readonly string[] Models = [TextToVideo, ImageToVideoRequest.DefaultModel, ReferenceToVideoRequest.DefaultModel];

    public static IReadOnlyList<Statement> All { get; } =
    [
        Statement.Free("auth.no-key", "A read without a key is refused with 401.", Certainty.Documented, async (session, stop) =>
            Status(await session.GetAsync("/v2/billing", stop, key: ""), 401)),
        Statement.Free(
            "auth.invalid-key",
            "A read with an invalid key is refused with 401.",
            Certainty.Documented,
            async (session, stop) =>
                Status(await session.GetAsync("/v2/billing", stop, key: "not-a-key"), 401)),
        Statement.Free(
            "error.envelope",
            "An error is a JSON object with a message, in one of two envelopes.",
            Certainty.Reported,
            async (session, stop) => Envelope(await session.ReadGenerationAsync(UnknownId, stop))),
        Statement.Free(
            "error.request-id",
            "An error has a request id, in its body or in x-request-id.",
            Certainty.Reported,
            async (session, stop) => RequestId(await session.ReadGenerationAsync(UnknownId, stop))),
        Statement.Free(
            "read.unknown-id",
            "A read of an unknown generation is refused with 404.",
            Certainty.Assumed,
            async (session, stop) =>
                Status(await session.ReadGenerationAsync(UnknownId, stop), 404)),
        Statement.Free("read.no-id", "A read without an id is refused with 400.", Certainty.Assumed, async (session, stop) =>
            Status(await session.GetAsync(Session.Generations, stop), 400, 404)),
        Statement.Free(
            "read.escaped-id",
            "An id with colons and slashes can be read when it is percent-encoded: it is unknown, not malformed.",
            Certainty.Assumed,
            async (session, stop) => Status(await session.ReadGenerationAsync($"{Guid.Empty}:alibaba/no-such-model", stop), 404)),
        Statement.Free("route.unknown", "An unknown path is refused with 404.", Certainty.Documented, async (session, stop) =>
            Status(await session.GetAsync("/v2/no-such-path", stop), 404)),
        Statement.Free("cancel.none", "A generation cannot be canceled with DELETE.", Certainty.Assumed, async (session, stop) =>
            Status(await session.DeleteAsync($"{Session.Generations}?generation_id={UnknownId}", stop), 404, 405)),
        Statement.Free("trace.echo", "A client request id is echoed.", Certainty.Documented, async (session, stop) =>
            await EchoAsync(session, "a:B.1_2-3", isExpected: true, stop)),
        Statement.Free(
            "trace.invalid-id",
            "A client request id with another character is dropped without an error.",
            Certainty.Documented,
            async (session, stop) =>
                await EchoAsync(session, "a b/c", isExpected: false, stop)),
        Statement.Free(
            "trace.long-id",
            "A client request id of 129 characters is dropped without an error.",
            Certainty.Documented,
            async (session, stop) =>
                await EchoAsync(session, LongId, isExpected: false, stop)),
        Statement.Free(
            "trace.date",
            "A response has a date, by which the client searches the log.",
            Certainty.Assumed,
            async (session, stop) =>
                Date((await session.GetAsync("/v2/billing", stop)).Header("date"))),
        Statement.Free("balance.shape", "The balance is a number of US dollars.", Certainty.Documented, async (session, stop) =>
        {
            var balance = await session.Client.GetBalanceAsync(stop);
            return Observation.Of((string?)session.LastExchange.Json?["currency"] == "USD", "number and USD", Dollars(balance));
        }),
        Statement.Free("models.public", "The list of models needs no key.", Certainty.Documented, async (session, stop) =>
            Status(await session.GetAsync($"/v1/models?id={TextToVideo}", stop, key: ""), 200)),
        Statement.Free(
            "models.listed",
            "The three models of Wan 2.7 are listed as video models.",
            Certainty.Documented,
            async (session, stop) =>
            {
                var listed = (await session.Client.ListModelsAsync(cancellationToken: stop)).Where(model => Models.Contains(model.Id)).ToArray();
                return Observation.Of(listed.Length == Models.Length, $"{listed.Length} of {Models.Length}");
            }),
        Statement.Free("models.filter", "id selects one model.", Certainty.Documented, async (session, stop) =>
            Ids(await session.GetAsync($"/v1/models?id={TextToVideo}", stop))),
        Statement.Free("models.alias", "A model is found by its alias.", Certainty.Documented, async (session, stop) =>
        {
            var model = (await session.GetAsync($"/v1/models?id={TextToVideo}", stop)).Json?["data"]?[0];
            return (string?)model?["aliases"]?.AsArray().FirstOrDefault() is { } alias
                ? Ids(await session.GetAsync($"/v1/models?id={Uri.EscapeDataString(alias)}", stop))
                : Observation.NotRun("the model has no alias");
        }),
        Statement.Free(
            "models.etag",
            "The list of models is not sent again under its entity tag.",
            Certainty.Documented,
            async (session, stop) =>
            {
                var first = await session.GetAsync($"/v1/models?id={TextToVideo}", stop);
                return first.Header("ETag") is { } tag
                    ? Status(await session.GetAsync($"/v1/models?id={TextToVideo}", stop, headers: ("If-None-Match", tag)), 304)
                    : Observation.Of(false, "no ETag");
            }),
        Statement.Free(
            "price.kind",
            "The price of Wan 2.7 has a kind that the client understands.",
            Certainty.Documented,
            async (session, stop) =>
            {
                var models = await session.GetAsync($"/v1/models?id={TextToVideo}&include=pricing", stop);
                var kind = (string?)models.Json?["data"]?[0]?["pricing"]?["kind"] ?? "none";
                return Observation.Of(kind is "fixed" or "variants" or "variable", kind);
            }),
        Statement.Free("price.10s-1080p", "10 seconds at 1080p cost 1.95 USD.", Certainty.Recorded, async (session, stop) =>
            Price(await EstimateAsync(session, VideoResolution.P1080, VideoDuration.TenSeconds, stop), 1.95m)),
        Statement.Free("price.5s-720p", "5 seconds at 720p cost 0.65 USD.", Certainty.Assumed, async (session, stop) =>
            Price(await EstimateAsync(session, VideoResolution.P720, VideoDuration.FiveSeconds, stop), 0.65m)),
        Statement.Free(
            "metrics.shape",
            "The metrics need no key, and leave out a model without traffic.",
            Certainty.Documented,
            async (session, stop) =>
            {
                var metrics = await session.GetAsync($"/models/metrics?aliases={TextToVideo},no-such-model", stop, key: "");
                var models = metrics.Json?["models"] as JsonArray;
                var isKnown = models?.All(model => model?["metrics"]?["duration_ms"]?["p50"] is JsonValue) ?? false;
                var value = isKnown ? "models with percentiles" : $"HTTP {metrics.Status}";
                return Observation.Of(isKnown && models!.Count <= 1, value, $"{models?.Count} models");
            }),
        Statement.Free("logs.shape", "The log has pages of rows with a total.", Certainty.Documented, async (session, stop) =>
        {
            var page = (await session.GetAsync("/v2/logs?period=24h&limit=1", stop)).Json;
            return Page(page, page?["pagination"]?["total"] is JsonValue);
        }),
        Statement.Free(
            "logs.limit",
            "A page of the log has at most 100 rows: a limit of 101 is refused.",
            Certainty.Documented,
            async (session, stop) =>
                Status(await session.GetAsync("/v2/logs?period=24h&limit=101", stop), 400)),
        Statement.Free("logs.window", "A window of the log is at most 92 days.", Certainty.Documented, async (session, stop) =>
            Status(await session.GetAsync("/v2/logs?start=2026-01-01T00:00:00Z&end=2026-04-15T00:00:00Z", stop), 400)),
        Statement.Free(
            "logs.two-windows",
            "A log read with period and start is refused.",
            Certainty.Documented,
            async (session, stop) =>
                Status(await session.GetAsync("/v2/logs?period=24h&start=2026-01-01T00:00:00Z&end=2026-01-02T00:00:00Z", stop), 400)),
        Statement.Free(
            "logs.no-filter",
            "The log cannot be filtered by client request id: the parameter is ignored.",
            Certainty.Documented,
            async (session, stop) =>
                Status(await session.GetAsync("/v2/logs?period=24h&limit=1&client_request_id=none", stop), 200)),
        Statement.Free(
            "transactions.shape",
            "The transactions have pages with a cursor.",
            Certainty.Documented,
            async (session, stop) =>
            {
                var page = (await session.GetAsync("/v2/billing/transactions?limit=1", stop)).Json;
                return Page(page, isComplete: true);
            }),
    ];

    /// <summary>Compares the status, which is the value.</summary>
    public static Observation Status(Exchange exchange, params int[] expected) =>
        Observation.Of(expected.Contains(exchange.Status), exchange.Status.ToString(CultureInfo.InvariantCulture));

    public static string Dollars(decimal usd) => FormattableString.Invariant($"{usd:0.00##} USD");

    private static Observation Date(string? date)
    {
        var isKnown = DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, out _);
        return Observation.Of(isKnown, isKnown ? "yes" : "no");
    }

    private static Observation Envelope(Exchange exchange)
    {
        var json = exchange.Json;
        var name = json?["error"]?["message"] is JsonValue ? "current"
            : json?["statusCode"] is not null && json["message"] is not null ? "older"
            : "another";
        return Observation.Of(name != "another", name, exchange.Header("content-type"));
    }

    private static Observation Page(JsonObject? page, bool isComplete)
    {
        var isKnown = isComplete && page?["data"] is JsonArray && page["pagination"]?["has_more"] is JsonValue;
        return Observation.Of(isKnown, isKnown ? "data and pagination" : "another shape");
    }

    private static Observation RequestId(Exchange exchange)
    {
        var places = new List<string>();
        if (exchange.Json?["requestId"] is JsonValue)
            places.Add("body");
        if (exchange.Header("x-request-id") is not null)
            places.Add("header");
        return Observation.Of(places.Count > 0, places.Count > 0 ? string.Join(" and ", places) : "none");
    }

    private static async Task<Observation> EchoAsync(Session session, string id, bool isExpected, CancellationToken cancellationToken)
    {
        var exchange = await session.GetAsync("/v2/billing", cancellationToken, headers: (Session.ClientRequestIdHeader, id));
        var isEchoed = exchange.Header(Session.ClientRequestIdHeader) == id;
        return Observation.Of(exchange.IsSuccess && isEchoed == isExpected, $"{exchange.Status}, {(isEchoed ? "echoed" : "not echoed")}");
    }

    private static Observation Ids(Exchange exchange)
    {
        var ids = (exchange.Json?["data"] as JsonArray ?? []).Select(model => (string?)model?["id"]).ToArray();
        return Observation.Of(ids is [TextToVideo], ids.Length == 1 ? $"{ids[0]}" : $"{ids.Length} models");
    }

    private static Observation Price(GenerationCost cost, decimal expected) =>
        Observation.Of(cost.Usd == expected, cost.Usd is { } usd ? Dollars(usd) : "not known", cost.Reason);

    private static Task<GenerationCost> EstimateAsync(
        Session session, VideoResolution resolution, VideoDuration duration, CancellationToken cancellationToken) =>
        session.Client.EstimateCostAsync(
            new TextToVideoRequest { Prompt = Session.Prompt, Resolution = resolution, Duration = duration }, cancellationToken);
}
