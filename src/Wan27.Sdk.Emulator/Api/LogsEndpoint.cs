using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Wire;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>The request log: a row for each accepted generation, newest first, by offset.</summary>
internal sealed class LogsEndpoint(GenerationStore generations, WanEmulatorOptions options) : IEndpoint
{
    private readonly RateLimit rate = new(options.LogReadsPerMinute, TimeSpan.FromSeconds(60));

    public EmulatorOperations Operation => EmulatorOperations.Logs;

    public Answer Serve(Call call)
    {
        if (!rate.TryTake(call.Now))
            return Answer.Problem(call, 429);
        if (!LogQuery.TryRead(call, out var query, out var mistake))
            return Answer.Problem(call, 400, mistake);

        var rows = generations.ListNewestFirst(query.Start, query.End).Where(generation => IsVisible(generation, call) && query.Fits(generation)).ToArray();
        var offset = query.Offset == 0 ? 0 : Math.Max(0, query.Offset + call.Conditions.LogShift);
        var page = rows.Skip(offset).Take(query.Limit).SelectMany(generation => Rows(generation, call)).ToArray();
        return Answer.Json(call, new JsonObject
        {
            ["data"] = new JsonArray(page),
            ["pagination"] = new JsonObject
            {
                ["limit"] = query.Limit,
                ["offset"] = query.Offset,
                ["total"] = rows.Length,
                ["has_more"] = offset + query.Limit < rows.Length,
            },
        });
    }

    private static IEnumerable<JsonObject> Rows(GenerationSnapshot generation, Call call) =>
        Enumerable.Range(0, call.Conditions.DuplicatesLogRows ? 2 : 1).Select(_ => Row(generation, call.Conditions.HidesClientIds));

    private static JsonObject Row(GenerationSnapshot generation, bool hidesClientId)
    {
        var usd = generation.Failed ? 0 : generation.Submission.Usd;
        var row = new JsonObject
        {
            ["created"] = Timestamp.Of(generation.Submission.AcceptedAt),
            ["status"] = LogQuery.StatusOf(generation),
            ["origin"] = "api",
            ["model"] = generation.Submission.Model,
            ["cost"] = new JsonObject { ["usd"] = usd, ["credits"] = Pricing.ToCredits(usd) },
            ["tokens"] = new JsonObject { ["input"] = 0, ["output"] = 0, ["total"] = 0 },
            ["request_id"] = generation.RequestId,
            ["inference_id"] = generation.Submission.Id,
        };
        if (generation.Submission.ClientRequestId is { } id && !hidesClientId)
            row["client_request_id"] = id;
        return row;
    }

    private bool IsVisible(GenerationSnapshot generation, Call call)
    {
        var since = options.LogTasksInFlight ? generation.Submission.AcceptedAt : generation.EndedAt;
        return since + options.LogDelay + call.Conditions.LogDelay <= call.Now;
    }
}
