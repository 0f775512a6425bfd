using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Tasks;
using Wan27.Sdk.Emulator.Wire;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>How long models have taken, from the tasks that completed here. Public.</summary>
internal sealed class MetricsEndpoint(TaskBook tasks) : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.Metrics;

    public Answer Serve(Call call)
    {
        var wanted = call.Query("aliases")?.Split(',');
        var models = tasks.NewestFirst(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)
            .Where(task => task is { EndedAt: not null, Failed: false })
            .Where(task => wanted is null || wanted.Contains(task.Submission.Model, StringComparer.Ordinal))
            .GroupBy(task => task.Submission.Model, StringComparer.Ordinal)
            .Select(model => Model(model.Key, [.. model.Select(Milliseconds).Order()]))
            .ToArray();
        return Answer.Json(call, new JsonObject { ["models"] = new JsonArray(models) });
    }

    private static long Milliseconds(TaskReading task) => (long)(task.EndedAt!.Value - task.Submission.AcceptedAt).TotalMilliseconds;

    private static JsonObject Model(string id, long[] sorted) => new()
    {
        ["alias"] = id,
        ["metrics"] = new JsonObject
        {
            ["duration_ms"] = new JsonObject
            {
                ["p50"] = Percentile(sorted, 50),
                ["p75"] = Percentile(sorted, 75),
                ["p90"] = Percentile(sorted, 90),
                ["p99"] = Percentile(sorted, 99),
            },
        },
    };

    private static long Percentile(long[] sorted, int percent) => sorted[(int)Math.Ceiling(percent / 100d * sorted.Length) - 1];
}
