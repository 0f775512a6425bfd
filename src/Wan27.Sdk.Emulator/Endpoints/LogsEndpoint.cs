using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Api;
using Wan27.Sdk.Emulator.Generations;

namespace Wan27.Sdk.Emulator.Endpoints;

/// <summary>Returns the request log: one row for each accepted generation, newest first, paged by offset.</summary>
internal sealed class LogsEndpoint(WanEmulatorOptions options) : IEndpoint
{
    private readonly ConcurrentDictionary<EmulatorAccount, RateLimiter> rateLimiters = new();

    public EmulatorOperations Operation => EmulatorOperations.Logs;

    public EmulatedResponse Handle(RequestContext context)
    {
        var rateLimiter = rateLimiters.GetOrAdd(
            context.Account, _ => new RateLimiter(options.LogReadsPerMinute, TimeSpan.FromSeconds(60)));
        if (!rateLimiter.TryAcquire(context.Now))
            return EmulatedResponse.CreateProblem(context, 429);
        if (!LogQuery.TryParse(context, out var query, out var error))
            return EmulatedResponse.CreateProblem(context, 400, error);

        var rows = context.Account.Generations.ListNewestFirst(query.Start, query.End)
            .Where(generation => IsVisible(generation, context) && query.Matches(generation))
            .ToArray();
        var offset = query.Offset == 0 ? 0 : Math.Max(0, query.Offset + context.Behavior.LogShift);
        var page = rows.Skip(offset).Take(query.Limit).SelectMany(generation => CreateRows(generation, context)).ToArray();
        return EmulatedResponse.CreateJson(context, new JsonObject
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

    private static IEnumerable<JsonObject> CreateRows(GenerationSnapshot generation, RequestContext context) => Enumerable
        .Range(0, context.Behavior.DuplicatesLogRows ? 2 : 1)
        .Select(_ => CreateRow(generation, context.Behavior.HidesClientIds));

    private static JsonObject CreateRow(GenerationSnapshot generation, bool hidesClientId)
    {
        var usd = generation.Failed ? 0 : generation.Submission.Usd;
        var row = new JsonObject
        {
            ["created"] = Timestamp.Format(generation.Submission.AcceptedAt),
            ["status"] = LogQuery.GetStatus(generation),
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

    private bool IsVisible(GenerationSnapshot generation, RequestContext context)
    {
        var since = options.LogRunningGenerations ? generation.Submission.AcceptedAt : generation.EndedAt;
        return since + options.LogDelay + context.Behavior.LogDelay <= context.Now;
    }
}
