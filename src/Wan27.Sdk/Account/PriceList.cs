using System.Text.Json;
using Wan27.Sdk.Redaction;
using Wan27.Sdk.Serialization;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Account;

/// <summary>The service's live price list, remembered for an hour for each model; a failure to read it for half a minute.</summary>
internal sealed class PriceList
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    public static readonly TimeSpan FailureLifetime = TimeSpan.FromSeconds(30);

    private readonly ApiReader reader;
    private readonly TimeSpan timeout;
    private readonly TimeProvider time;
    private readonly RememberedReads<Entry> reads;

    public PriceList(ApiReader reader, TimeSpan timeout, TimeProvider time)
    {
        this.reader = reader;
        this.timeout = timeout;
        this.time = time;
        reads = new RememberedReads<Entry>(ReadAsync, entry => entry.Reason is null ? Lifetime : FailureLifetime, time);
    }

    /// <summary>Returns the prices of a model, or why there are none. Only the caller's cancellation is thrown.</summary>
    public async Task<(ModelPricing? Pricing, DateTimeOffset AsOf, string? Reason)> FindAsync(string model, CancellationToken cancellationToken)
    {
        var entry = await reads.FindAsync(model, cancellationToken).ConfigureAwait(false);
        return (entry.Pricing, entry.AsOf, entry.Reason);
    }

    private async Task<Entry> ReadAsync(string model, CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(timeout, time, cancellationToken);
        try
        {
            var path = $"/v1/models?id={Uri.EscapeDataString(model)}&include=pricing";
            var (pricing, reason) = await reader.ReadAsync(path, json => Find(json, model), Redactor.None, limit.Token).ConfigureAwait(false);
            return Now(pricing, reason);
        }
        catch (WanException e)
        {
            return Now(null, $"the price list cannot be read: {e.Message.TrimEnd('.')}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Now(null, $"the price list did not come within {timeout.TotalSeconds} s");
        }
    }

    private Entry Now(ModelPricing? pricing, string? reason) => new(pricing, reason, time.GetUtcNow());

    private static (ModelPricing? Pricing, string? Reason) Find(JsonElement json, string model)
    {
        if (new JsonFields(json).Take("data") is not { ValueKind: JsonValueKind.Array } rows)
            throw new JsonException("the price list has no rows");
        foreach (var row in rows.EnumerateArray().Select(row => new JsonFields(row)))
        {
            if (!IsAbout(row, model))
                continue;
            return row.Take("pricing") is { } pricing && ModelPricing.Read(pricing) is { } found
                ? (found, null)
                : (null, $"the price list has no price for '{model}' that can be calculated before the submission");
        }

        return (null, $"the price list does not have '{model}'");
    }

    private static bool IsAbout(JsonFields row, string model) =>
        row.TakeText("id") == model
        || (row.Take("aliases") is { ValueKind: JsonValueKind.Array } aliases && aliases.EnumerateArray().Any(alias => JsonFields.Text(alias) == model));

    private sealed record Entry(ModelPricing? Pricing, string? Reason, DateTimeOffset AsOf);
}
