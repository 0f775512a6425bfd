using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Tasks;
using Wan27.Sdk.Emulator.Wire;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>The request log: a row for each accepted task, newest first, by offset.</summary>
internal sealed class LogsEndpoint(TaskBook tasks, WanEmulatorOptions options) : IEndpoint
{
    private readonly RateLimit rate = new(options.LogReadsPerMinute, TimeSpan.FromSeconds(60));

    public EmulatorOperations Operation => EmulatorOperations.Logs;

    public Answer Serve(Call call)
    {
        if (!rate.TryTake(call.Now))
            return Answer.Problem(call, 429);
        if (!LogQuery.TryRead(call, out var query, out var mistake))
            return Answer.Problem(call, 400, mistake);

        var rows = tasks.NewestFirst(query.Start, query.End).Where(task => IsVisible(task, call) && query.Fits(task)).ToArray();
        var offset = query.Offset == 0 ? 0 : Math.Max(0, query.Offset + call.Conditions.LogShift);
        var page = rows.Skip(offset).Take(query.Limit).SelectMany(task => Rows(task, call)).ToArray();
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

    private static IEnumerable<JsonObject> Rows(TaskReading task, Call call) =>
        Enumerable.Range(0, call.Conditions.DuplicatesLogRows ? 2 : 1).Select(_ => Row(task, call.Conditions.HidesClientIds));

    private static JsonObject Row(TaskReading task, bool hidesClientId)
    {
        var usd = task.Failed ? 0 : task.Submission.Usd;
        var row = new JsonObject
        {
            ["created"] = Timestamp.Of(task.Submission.AcceptedAt),
            ["status"] = LogQuery.StatusOf(task),
            ["origin"] = "api",
            ["model"] = task.Submission.Model,
            ["cost"] = new JsonObject { ["usd"] = usd, ["credits"] = Tariff.Credits(usd) },
            ["tokens"] = new JsonObject { ["input"] = 0, ["output"] = 0, ["total"] = 0 },
            ["request_id"] = task.RequestId,
            ["inference_id"] = task.Submission.Id,
        };
        if (task.Submission.ClientRequestId is { } id && !hidesClientId)
            row["client_request_id"] = id;
        return row;
    }

    private bool IsVisible(TaskReading task, Call call)
    {
        var since = options.LogTasksInFlight ? task.Submission.AcceptedAt : task.EndedAt;
        return since + options.LogDelay + call.Conditions.LogDelay <= call.Now;
    }
}
