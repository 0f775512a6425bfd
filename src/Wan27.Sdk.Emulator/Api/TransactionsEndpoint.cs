using System.Globalization;
using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Wire;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>The account's own ledger, newest first: one debit for each completed generation.</summary>
internal sealed class TransactionsEndpoint(GenerationStore generations) : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.Transactions;

    public Answer Serve(Call call)
    {
        if (!TryReadPage(call, out var from, out var to, out var limit, out var skip))
            return Answer.Problem(call, 400, "Invalid query: from and to are ISO 8601, limit is 1 to 100, cursor comes from an answer.");

        var models = generations.Submissions.ToDictionary(generation => generation.Id, generation => generation.Model, StringComparer.Ordinal);
        var found = IsWanted(call)
            ? generations.Charges.Reverse().Where(charge => charge.ChargedAt >= from && charge.ChargedAt <= to).ToArray()
            : [];
        var page = found.Skip(skip).Take(limit).Select(charge => Row(charge, models[charge.GenerationId])).ToArray();

        var pagination = new JsonObject { ["has_more"] = skip + page.Length < found.Length };
        if (skip + page.Length < found.Length)
            pagination["next_cursor"] = (skip + page.Length).ToString(CultureInfo.InvariantCulture);
        return Answer.Json(call, new JsonObject { ["data"] = new JsonArray(page), ["pagination"] = pagination });
    }

    private static bool IsWanted(Call call) => call.Query("direction") is null or "debit" && call.Query("type") is null or "generation";

    private static bool TryReadPage(Call call, out DateTimeOffset from, out DateTimeOffset to, out int limit, out int skip)
    {
        return QueryText.TryTime(call.Query("from"), DateTimeOffset.MinValue, out from)
            & QueryText.TryTime(call.Query("to"), DateTimeOffset.MaxValue, out to)
            & QueryText.TryNumber(call.Query("limit"), 50, 1, 100, out limit)
            & QueryText.TryNumber(call.Query("cursor"), 0, 0, int.MaxValue, out skip);
    }

    private static JsonObject Row(EmulatorCharge charge, string model) => new()
    {
        ["created_at"] = Timestamp.Of(charge.ChargedAt),
        ["direction"] = "debit",
        ["type"] = "generation",
        ["amount"] = new JsonObject { ["usd"] = charge.Usd, ["credits"] = Pricing.ToCredits(charge.Usd) },
        ["model"] = model,
        ["reference_id"] = charge.GenerationId,
    };
}
