using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator.Api;
using Wan27.Sdk.Emulator.Generations;

namespace Wan27.Sdk.Emulator.Endpoints;

/// <summary>Returns the percentiles of the durations of completed generations. Needs no API key.</summary>
internal sealed class MetricsEndpoint(AccountDirectory accounts) : IEndpoint
{
    public EmulatorOperations Operation => EmulatorOperations.Metrics;

    public EmulatedResponse Handle(RequestContext context)
    {
        var aliases = context.GetQueryValue("aliases")?.Split(',');
        var models = accounts.All
            .SelectMany(account => account.Generations.ListNewestFirst(DateTimeOffset.MinValue, DateTimeOffset.MaxValue))
            .Where(generation => generation is { EndedAt: not null, Failed: false })
            .Where(generation => aliases is null || aliases.Contains(generation.Submission.Model, StringComparer.Ordinal))
            .GroupBy(generation => generation.Submission.Model, StringComparer.Ordinal)
            .Select(model => CreateModel(model.Key, [.. model.Select(GetMilliseconds).Order()]))
            .ToArray();
        return EmulatedResponse.CreateJson(context, new JsonObject { ["models"] = new JsonArray(models) });
    }

    private static long GetMilliseconds(GenerationSnapshot generation) =>
        (long)(generation.EndedAt!.Value - generation.Submission.AcceptedAt).TotalMilliseconds;

    private static JsonObject CreateModel(string id, long[] sorted) => new()
    {
        ["alias"] = id,
        ["metrics"] = new JsonObject
        {
            ["duration_ms"] = new JsonObject
            {
                ["p50"] = GetPercentile(sorted, 50),
                ["p75"] = GetPercentile(sorted, 75),
                ["p90"] = GetPercentile(sorted, 90),
                ["p99"] = GetPercentile(sorted, 99),
            },
        },
    };

    private static long GetPercentile(long[] sorted, int percent) =>
        sorted[(int)Math.Ceiling(percent / 100d * sorted.Length) - 1];
}
