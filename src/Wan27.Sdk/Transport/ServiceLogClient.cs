using System.Globalization;
using System.Text.Json;
using Wan27.Sdk.Redaction;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk.Transport;

/// <summary>
/// The service's log of requests, which alone contains client request ids. It cannot be queried by id, so that its pages are searched.
/// A row that is missing proves nothing: the log is late, and may leave out what is still running.
/// </summary>
internal sealed class ServiceLogClient(ApiReader reader)
{
    private const int PageLength = 100;

    /// <summary>Half of what the service allows in a minute (200), so that others under the same key keep their share.</summary>
    private const int MaxPages = 100;

    /// <summary>Finds the generations that have the id, each once.</summary>
    /// <param name="clientRequestId">The id, matched exactly.</param>
    /// <param name="window">The query for the time to search.</param>
    /// <param name="most">How many to find; the search ends with them.</param>
    /// <param name="redactor">Knows what the service must not repeat.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<IReadOnlyList<string>> FindAsync(
        string clientRequestId, string window, int most, Redactor redactor, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        await ReadAsync(window, Match, redactor, cancellationToken).ConfigureAwait(false);
        return found;

        bool Match(JsonFields row)
        {
            if (TryTakeIds(row) is { } ids && ids.ClientRequest == clientRequestId
                && ids.Inference is { } id && !found.Contains(id) && reader.IsId(id))
                found.Add(id);
            return found.Count == most;
        }
    }

    /// <summary>Returns what a generation cost by the log; null if no row contains it.</summary>
    /// <param name="generationId">The id of the generation.</param>
    /// <param name="window">The query for the time to search.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<GenerationCost?> FindCostAsync(string generationId, string window, CancellationToken cancellationToken)
    {
        GenerationCost? found = null;
        await ReadAsync(window, Match, Redactor.None, cancellationToken).ConfigureAwait(false);
        return found;

        bool Match(JsonFields row)
        {
            if (TryTakeIds(row)?.Inference != generationId || row.Take("cost") is not { } element)
                return false;
            var fields = new JsonFields(element);
            var cost = new GenerationCost { Source = GenerationCost.FromLog, Usd = fields.TakeNumber("usd"), Credits = fields.TakeNumber("credits") };
            found = cost.HasAmount ? cost : null;
            return cost.HasAmount;
        }
    }

    /// <summary>Returns the query for a time around a moment of the service's clock.</summary>
    public static string Around(DateTimeOffset moment, TimeSpan reach)
    {
        return $"start={Iso(moment.UtcTicks - reach.Ticks)}&end={Iso(moment.UtcTicks + reach.Ticks)}";

        // The service's clock may have any time, the first and the last included.
        static string Iso(long ticks) => Uri.EscapeDataString(
            new DateTime(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks)).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    // A row whose ids contradict each other, or are not Unicode, names nothing.
    private static (string? ClientRequest, string? Inference)? TryTakeIds(JsonFields row)
    {
        try
        {
            return (row.TakeId(["client_request_id"]), row.TakeId(["inference_id"]));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task ReadAsync(string window, Func<JsonFields, bool> isLast, Redactor redactor, CancellationToken cancellationToken)
    {
        for (var page = 0; page < MaxPages; page++)
        {
            var query = string.Create(CultureInfo.InvariantCulture, $"/v2/logs?{window}&limit={PageLength}&offset={page * PageLength}");
            if (!await reader.ReadAsync(query, json => ReadPage(json, isLast), redactor, cancellationToken).ConfigureAwait(false))
                break;
        }
    }

    /// <summary>Whether there is more to read.</summary>
    private static bool ReadPage(JsonElement json, Func<JsonFields, bool> isLast)
    {
        var page = new JsonFields(json);
        if (page.Take("data") is not { ValueKind: JsonValueKind.Array } rows)
            throw new JsonException("a page of the log has no rows");
        if (rows.EnumerateArray().Any(row => isLast(new JsonFields(row))))
            return false;
        var pagination = new JsonFields(page.Take("pagination") ?? default);
        return pagination.Take("has_more") is { ValueKind: JsonValueKind.True } && rows.GetArrayLength() > 0;
    }
}
