using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Generations;
using Wan27.Sdk.Emulator.Wire;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>How long models have taken, from the generations that completed here. Public.</summary>
internal sealed class MetricsEndpoint(GenerationStore generations) : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.Metrics;

    public Answer Serve(Call call)
    {
        var wanted = call.Query("aliases")?.Split(',');
        var models = generations.ListNewestFirst(DateTimeOffset.MinValue, DateTimeOffset.MaxValue)
            .Where(generation => generation is { EndedAt: not null, Failed: false })
            .Where(generation => wanted is null || wanted.Contains(generation.Submission.Model, StringComparer.Ordinal))
            .GroupBy(generation => generation.Submission.Model, StringComparer.Ordinal)
            .Select(model => Model(model.Key, [.. model.Select(Milliseconds).Order()]))
            .ToArray();
        return Answer.Json(call, new JsonObject { ["models"] = new JsonArray(models) });
    }

    private static long Milliseconds(GenerationSnapshot generation) => (long)(generation.EndedAt!.Value - generation.Submission.AcceptedAt).TotalMilliseconds;

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
