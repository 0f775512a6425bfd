using System.Text.Json;
using Wan27.Sdk.Serialization;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Account;

/// <summary>The durations that the service publishes for each model, over its latest minutes. Everything works without them.</summary>
internal sealed class ModelMetrics
{
    /// <summary>The window over which the service measures.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    private readonly ApiReader reader;
    private readonly TimeProvider time;
    private readonly RememberedReads<TimeSpan?> reads;

    public ModelMetrics(ApiReader reader, TimeProvider time)
    {
        this.reader = reader;
        this.time = time;
        reads = new RememberedReads<TimeSpan?>(ReadAsync, _ => Lifetime, time);
    }

    /// <summary>Returns the median duration of a model's generations; null if it is not known. Only the caller's cancellation is thrown.</summary>
    public Task<TimeSpan?> FindDurationAsync(string model, CancellationToken cancellationToken) => reads.FindAsync(model, cancellationToken);

    private async Task<TimeSpan?> ReadAsync(string model, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(Timeout, time, cancellationToken);
        try
        {
            var path = $"/models/metrics?aliases={Uri.EscapeDataString(model)}";
            var milliseconds = await reader.ReadOnceAsync(path, json => Median(json, model), limit.Token).ConfigureAwait(false);
            return milliseconds > 0 && milliseconds < Longest.TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
        }
        catch (WanException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    // A model without traffic is absent.
    private static double Median(JsonElement json, string model)
    {
        if (new JsonFields(json).Take("models") is not { ValueKind: JsonValueKind.Array } rows)
            throw new JsonException("the metrics have no models");
        var row = rows.EnumerateArray().Select(row => new JsonFields(row)).FirstOrDefault(row => row.TakeText("alias") == model);
        return row?.Take("metrics") is { } metrics
            && new JsonFields(metrics).Take("duration_ms") is { } durations
            && new JsonFields(durations).Take("p50") is { ValueKind: JsonValueKind.Number } median
            && median.TryGetDouble(out var milliseconds) ? milliseconds : 0;
    }
}
