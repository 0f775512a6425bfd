using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Requests;
using Wan27.Sdk.Transport;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Account;

/// <summary>Reads what a generation cost: from its response, from the headers of the response, or from the service's log.</summary>
internal sealed class CostReader(ApiReader reader, ServiceLogClient log, ClientTelemetry telemetry)
{
    /// <summary>Around the time in an id of this library: the clock that made it may be off, and the generation may have taken long.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(1);

    public async Task<GenerationCost> ReadAsync(VideoGeneration generation, CancellationToken cancellationToken)
    {
        var cost = await FindAsync(generation, cancellationToken).ConfigureAwait(false);
        telemetry.Paid(generation.Id, cost);
        return cost;
    }

    private async Task<GenerationCost> FindAsync(VideoGeneration generation, CancellationToken cancellationToken)
    {
        if (generation.Cost.IsFinal)
            return generation.Cost;
        var latest = await reader.ReadGenerationAsync(generation.Id, Redactor.None, cancellationToken).ConfigureAwait(false);
        if (!latest.Status.IsSucceeded || latest.Cost.IsFinal)
            return latest.Cost;

        var made = (generation.ClientRequestId ?? latest.ClientRequestId) is { } id ? ClientRequestIdFormat.TimeOf(id) : null;
        var window = made is { } moment ? ServiceLogClient.Around(moment, Reach) : "period=7d";
        return await log.FindCostAsync(latest.Id, window, cancellationToken).ConfigureAwait(false) is { } logged
            ? GenerationCost.Of(latest.Status, logged)
            : GenerationCost.Unknown("the generation is complete, but the service's log does not contain its cost yet");
    }
}
