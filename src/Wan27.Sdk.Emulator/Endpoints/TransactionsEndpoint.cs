using System.Globalization;
using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Api;
using Wan27.Sdk.Emulator.Generations;

namespace Wan27.Sdk.Emulator.Endpoints;

/// <summary>Returns the transactions of the account: one debit for each completed generation, newest first.</summary>
internal sealed class TransactionsEndpoint : IEndpoint
{
    private const string InvalidQuery =
        "from and to must be ISO 8601 times, limit must be between 1 and 100, and cursor must be the next_cursor of a response.";

    public EmulatorOperations Operation => EmulatorOperations.Transactions;

    public EmulatedResponse Handle(RequestContext context)
    {
        if (!TryParseQuery(context, out var from, out var to, out var limit, out var skip))
            return EmulatedResponse.CreateProblem(context, 400, InvalidQuery);

        var models = context.Account.Generations.Submissions.ToDictionary(
            submission => submission.Id, submission => submission.Model, StringComparer.Ordinal);
        var found = IsRequested(context)
            ? context.Account.Generations.Charges.Reverse().Where(charge => charge.ChargedAt >= from && charge.ChargedAt <= to).ToArray()
            : [];
        var page = found.Skip(skip).Take(limit).Select(charge => CreateRow(charge, models[charge.GenerationId])).ToArray();

        var pagination = new JsonObject { ["has_more"] = skip + page.Length < found.Length };
        if (skip + page.Length < found.Length)
            pagination["next_cursor"] = (skip + page.Length).ToString(CultureInfo.InvariantCulture);
        var body = new JsonObject { ["data"] = new JsonArray(page), ["pagination"] = pagination };
        return EmulatedResponse.CreateJson(context, body);
    }

    private static bool IsRequested(RequestContext context) =>
        context.GetQueryValue("direction") is null or "debit" && context.GetQueryValue("type") is null or "generation";

    private static bool TryParseQuery(
        RequestContext context, out DateTimeOffset from, out DateTimeOffset to, out int limit, out int skip)
    {
        return QueryParameters.TryParseTime(context.GetQueryValue("from"), DateTimeOffset.MinValue, out from)
            & QueryParameters.TryParseTime(context.GetQueryValue("to"), DateTimeOffset.MaxValue, out to)
            & QueryParameters.TryParseNumber(context.GetQueryValue("limit"), 50, 1, 100, out limit)
            & QueryParameters.TryParseNumber(context.GetQueryValue("cursor"), 0, 0, int.MaxValue, out skip);
    }

    private static JsonObject CreateRow(EmulatorCharge charge, string model) => new()
    {
        ["created_at"] = Timestamp.Format(charge.ChargedAt),
        ["direction"] = "debit",
        ["type"] = "generation",
        ["amount"] = new JsonObject { ["usd"] = charge.Usd, ["credits"] = Pricing.ToCredits(charge.Usd) },
        ["model"] = model,
        ["reference_id"] = charge.GenerationId,
    };
}
