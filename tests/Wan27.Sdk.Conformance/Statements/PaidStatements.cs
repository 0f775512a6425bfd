using System.Globalization;
using System.Text.Json.Nodes;
using Wan27.Sdk.Conformance.Targets;

namespace Wan27.Sdk.Conformance.Statements;

/// <summary>Statements about one generation, and about its submission a second time.</summary>
internal static class PaidStatements
{
    private const string InferenceId = "x-inference-id";
    private const string CreditsUsed = "x-aimlapi-credits-used";
    private const string UsdSpent = "x-aimlapi-usd-spent";

    private static readonly string[] KnownStatuses = ["queued", "generating", "completed", "succeeded", "waiting", "active"];

    public static IReadOnlyList<Statement> All { get; } =
    [
        Statement.Paid("submission.status", "A submission is accepted with 200 or 201.", Certainty.Recorded, run =>
            ReadStatements.Status(run.Submission, 200, 201)),
        Statement.Paid("submission.id", "The response has an id and a pending status.", Certainty.Documented, run =>
            Observation.Of(run.Created is { Id.Length: > 0, Status.IsPending: true }, run.Created.Status.Value)),
        Statement.Paid("submission.echo", "The client request id of a submission is echoed.", Certainty.Documented, run =>
            YesNo(run.Submission.Header(Session.ClientRequestIdHeader) == run.ClientRequestId)),
        Statement.Paid(
            "submission.inference-id",
            "x-inference-id of a submission is the id of the generation.",
            Certainty.Documented,
            run =>
                YesNo(run.Submission.Header(InferenceId) == run.Created.Id)),
        Statement.Paid(
            "submission.cost-headers",
            "The response to a submission has the cost headers.",
            Certainty.Documented,
            run =>
                CostHeaders(run.Submission)),
        Statement.Paid("submission.usage", "The response to a submission has its cost in meta.usage.", Certainty.Recorded, run =>
            Usage(run.Submission)),
        Statement.Paid(
            "read.after-submission",
            "A generation can be read directly after its submission.",
            Certainty.Assumed,
            run =>
                ReadStatements.Status(run.FirstRead, 200, 404)),
        Statement.Paid("read.inference-id", "x-inference-id of a read is the id of the generation.", Certainty.Documented, run =>
            YesNo(run.FirstRead.Header(InferenceId) == run.Created.Id)),
        Statement.Paid("read.id", "A read returns the id under which it was requested.", Certainty.Documented, run =>
            YesNo((string?)run.LastRead.Json?["id"] == run.Created.Id)),
        Statement.Paid("read.statuses", "Each status is one of those that are known.", Certainty.Recorded, run =>
            Observation.Of(
                run.Statuses.All(status => KnownStatuses.Contains(status.ToLowerInvariant())), Result(run), string.Join(", ", run.Statuses))),
        Statement.Paid("read.video", "A completed generation has the address of its video.", Certainty.Documented, run =>
            Observation.Of(run.Finished.Video?.Uri is { IsAbsoluteUri: true }, Shape(run.LastRead.Json?["video"]))),
        Statement.Paid(
            "read.cost-headers",
            "The response to a read of a completed generation has the cost headers.",
            Certainty.Documented,
            run =>
                CostHeaders(run.LastRead)),
        Statement.Paid("charge.late", "The charge is made after completion, and not at submission.", Certainty.Documented, run =>
            YesNo(run.BalanceAfterSubmission == run.BalanceBefore)),
        Statement.Paid("charge.amount", "The charge is the price of the list.", Certainty.Assumed, run =>
            Observation.Of(run.BalanceBefore - run.BalanceAfter == run.Request.Usd, Same(run.BalanceBefore - run.BalanceAfter, run.Request.Usd))),
        Statement.Paid("charge.known", "The client finds what a completed generation cost.", Certainty.Assumed, run =>
            Observation.Of(run.Cost is { IsFinal: true, Usd: not null }, run.Cost.Source ?? "not known", run.Cost.ToString())),
        Statement.Paid(
            "charge.transaction",
            "A transaction has the id of the generation as its reference.",
            Certainty.Documented,
            run =>
                YesNo(run.Transaction is not null)),
        Statement.Paid(
            "log.in-progress",
            "A generation in progress has a row in the log.",
            Certainty.Assumed,
            run => run.IsLoggedInProgress is { } isLogged
                ? Observation.Of(true, isLogged ? "yes" : "no")
                : Observation.NotRun("the generation was completed before it was read")),
        Statement.Paid("log.lag", "A completed generation appears in the log.", Certainty.Assumed, run =>
            Observation.Of(run.LogRow is not null, run.LogRow is null ? "no row" : "yes", $"reads: {run.LogReads}")),
        Statement.Paid("log.client-id", "The row of the log has the client request id.", Certainty.Documented, run =>
            YesNo((string?)run.LogRow?["client_request_id"] == run.ClientRequestId)),
        Statement.Paid("log.status", "The row of the log of a completed generation is succeeded.", Certainty.Documented, run =>
            Observation.Of((string?)run.LogRow?["status"] == "succeeded", (string?)run.LogRow?["status"] ?? "none")),
        Statement.Paid("log.find", "The client finds a generation by its client request id.", Certainty.Assumed, run =>
            YesNo(run.Found.Any(found => found.Id == run.Created.Id))),
        Statement.Paid("file.no-key", "The file is served without the key.", Certainty.Recorded, run => File(run.File, 200)),
        Statement.Paid("file.origin", "The file is on another origin than the API.", Certainty.Recorded, run =>
            YesNo(run.Finished.Video?.Uri is { IsAbsoluteUri: true } uri && uri.Authority != run.ApiAuthority)),
        Statement.Paid("file.length", "The file has a length and the type video/mp4.", Certainty.Assumed, run =>
            Observation.Of(
                run.File?.Header("Content-Length") is not null, run.File?.Header("Content-Type") ?? "none", $"{run.File?.Body.Length} bytes")),
        Statement.Paid("file.etag", "The file has a strong entity tag.", Certainty.Assumed, run =>
            Observation.Of(true, run.File?.Header("ETag") is not { } tag ? "none" : tag.StartsWith('"') ? "strong" : "weak")),
        Statement.Paid("file.range", "The file host serves a range.", Certainty.Assumed, run => File(run.Range, 206, 200)),
        Statement.Paid(
            "file.if-range",
            "The range is served under the file's entity tag.",
            Certainty.Assumed,
            run => run.ConditionalRange is null
                ? Observation.NotRun("the file has no entity tag")
                : File(run.ConditionalRange, 206, 200)),
        Statement.Paid(
            "file.stale-range",
            "The complete file is served under another entity tag.",
            Certainty.Assumed,
            run => File(run.StaleRange, 200)),
        Statement.Paid("file.download", "The client downloads the video and accepts it as MP4.", Certainty.Assumed, run =>
            Observation.Of(run is { File: not null, DownloadFault: null }, run.DownloadFault ?? "yes")),
        Statement.PaidTwice(
            "repeat.client-id",
            "A second submission under the same ids is accepted as well.",
            Certainty.Documented,
            run =>
                ReadStatements.Status(run.Second, 200, 201)),
        Statement.PaidTwice(
            "repeat.generation",
            "It is another generation: the client request id and Idempotency-Key do not prevent it.",
            Certainty.Documented,
            run =>
                YesNo(run.SecondId is { } id && id != run.First.Created.Id)),
    ];

    private static Observation YesNo(bool holds) => Observation.Of(holds, holds ? "yes" : "no");

    private static Observation File(Exchange? exchange, params int[] expected) =>
        exchange is null ? Observation.Of(false, "no file") : ReadStatements.Status(exchange, expected);

    private static Observation CostHeaders(Exchange exchange)
    {
        var isDecimal = decimal.TryParse(exchange.Header(UsdSpent), NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        var isInteger = long.TryParse(exchange.Header(CreditsUsed), NumberStyles.None, CultureInfo.InvariantCulture, out _);
        return Observation.Of(true, (isInteger, isDecimal) switch
        {
            (true, true) => "credits and USD",
            (true, false) => "credits",
            (false, true) => "USD",
            _ => "none",
        });
    }

    private static Observation Usage(Exchange exchange) => exchange.Json?["meta"]?["usage"] is JsonObject usage
        ? Observation.Of(true, string.Join(", ", usage.Select(field => field.Key).Order(StringComparer.Ordinal)))
        : Observation.Of(true, "none");

    private static string Result(PaidGeneration run) => run.Finished.Status.IsSucceeded ? "succeeded" : run.Finished.Status.Value;

    private static string Shape(JsonNode? video) => video switch
    {
        JsonArray => "array",
        JsonObject => "object",
        null => "none",
        _ => "text",
    };

    private static string Same(decimal actual, decimal expected) => actual == expected ? "the same" : ReadStatements.Dollars(actual);
}
