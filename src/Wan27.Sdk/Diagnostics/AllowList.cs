using System.Net.Http.Headers;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Diagnostics;

/// <summary>What may be logged of a request or a response: host and path, and of headers and queries only what is listed here.</summary>
internal static class AllowList
{
    private static readonly HashSet<string> Headers = new(StringComparer.OrdinalIgnoreCase)
    {
        "Content-Length", "Content-Range", "Content-Type", "Date", "Range", "Retry-After", "X-Client-Request-Id", "x-inference-id", "x-request-id",
    };

    private static readonly HashSet<string> Queries = new(StringComparer.Ordinal) { "end", "generation_id", "limit", "offset", "period", "start" };

    public static bool IsSecretHeader(string name) => !Headers.Contains(name);

    /// <summary>The query, with everything replaced whose name is not on the list.</summary>
    public static string Query(Uri uri) => string.Join('&', uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(Parameter));

    /// <summary>The headers whose names are on the list.</summary>
    /// <param name="redactor">What must not be shown even in one of them: a server may repeat the key.</param>
    /// <param name="headers">The headers of a request or a response, and those of its content.</param>
    public static string Print(Redactor redactor, params ReadOnlySpan<HttpHeaders?> headers)
    {
        var shown = new List<string>();
        foreach (var some in headers)
        {
            foreach (var (name, values) in some?.NonValidated ?? default)
            {
                if (Headers.Contains(name))
                    shown.Add($"{name}: {string.Join(", ", values)}");
            }
        }

        return redactor.Print(string.Join("; ", shown));
    }

    /// <summary>The values in the query that must not be repeated, because their names are not on the list.</summary>
    public static IEnumerable<string> SecretsOf(Uri uri) => uri.Query.TrimStart('?').Split('&')
        .Where(parameter => Parameter(parameter) == Redactor.Mask)
        .Select(parameter => parameter[(parameter.IndexOf('=', StringComparison.Ordinal) + 1)..])
        .SelectMany(value => new[] { value, Uri.UnescapeDataString(value) });

    private static string Parameter(string parameter) =>
        parameter.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && Queries.Contains(parameter[..at]) ? parameter : Redactor.Mask;
}
