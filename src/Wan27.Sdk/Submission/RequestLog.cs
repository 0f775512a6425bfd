using System.Globalization;
using System.Text.Json;
using Wan27.Sdk.Generations;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Submission;

/// <summary>The service's log of requests, the only place that knows our ids. It cannot be asked for one of them: it is paged and matched.</summary>
internal sealed class RequestLog(ApiReader reader)
{
    private const int PageLength = 100;

    /// <summary>Half of what the service allows in a minute (200), so that others under the same key keep their share.</summary>
    private const int MaxPages = 100;

    /// <summary>The tasks that bear the id, each once. None proves nothing: the log is late, and may leave out what is still running.</summary>
    /// <param name="clientRequestId">The id, matched exactly.</param>
    /// <param name="window">The query for the time to search.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<IReadOnlyList<string>> FindAsync(string clientRequestId, string window, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        for (var page = 0; page < MaxPages; page++)
        {
            var query = string.Create(CultureInfo.InvariantCulture, $"/v2/logs?{window}&limit={PageLength}&offset={page * PageLength}");
            var hasMore = await reader.ReadAsync(query, (json, _) => ReadPage(json, clientRequestId, found), cancellationToken).ConfigureAwait(false);
            if (!hasMore)
                break;
        }

        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The window around a moment of the server's clock.</summary>
    public static string Around(DateTimeOffset moment, TimeSpan reach)
    {
        return $"start={Iso(moment - reach)}&end={Iso(moment + reach)}";

        static string Iso(DateTimeOffset at) => Uri.EscapeDataString(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    private static bool ReadPage(JsonElement json, string clientRequestId, List<string> found)
    {
        var page = new JsonFields(json);
        if (page.Take("data") is not { ValueKind: JsonValueKind.Array } rows)
            throw new JsonException("a page of the log has no rows");
        foreach (var row in rows.EnumerateArray().Select(row => new JsonFields(row)))
        {
            if (row.TakeText("client_request_id") == clientRequestId && row.TakeText("inference_id") is { Length: > 0 } id)
                found.Add(id);
        }

        var pagination = new JsonFields(page.Take("pagination") ?? default);
        return pagination.Take("has_more") is { ValueKind: JsonValueKind.True } && rows.GetArrayLength() > 0;
    }
}
