using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Wan27.Sdk.Emulator.Api;
using Wan27.Sdk.Emulator.Generations;

namespace Wan27.Sdk.Emulator.Endpoints;

/// <summary>The filters and the page of a read of the log.</summary>
internal sealed record LogQuery(
    DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<string> Models, IReadOnlyList<string> Statuses, int Limit, int Offset)
{
    private const int MaximumDays = 92;

    public static bool TryParse(
        RequestContext context, [NotNullWhen(true)] out LogQuery? query, [NotNullWhen(false)] out string? error)
    {
        query = null;
        error = null;
        var statuses = GetValues(context, "status");
        if (!TryParseWindow(context, out var start, out var end))
            error = $"Specify either period (such as 24h or 7d), or start and end (ISO 8601) at most {MaximumDays} days apart.";
        else if (statuses.Any(status => status is not ("succeeded" or "failed")))
            error = "status must be succeeded or failed.";
        else if (!QueryParameters.TryParseNumber(context.GetQueryValue("limit"), 50, 1, 100, out var limit))
            error = "limit must be between 1 and 100.";
        else if (!QueryParameters.TryParseNumber(context.GetQueryValue("offset"), 0, 0, int.MaxValue, out var offset))
            error = "offset must be 0 or more.";
        else
            query = new LogQuery(start, end, GetValues(context, "model"), statuses, limit, offset);
        return query is not null;
    }

    public static string GetStatus(GenerationSnapshot generation) => generation.Failed ? "failed" : "succeeded";

    public bool Matches(GenerationSnapshot generation) =>
        (Models.Count == 0 || Models.Contains(generation.Submission.Model, StringComparer.Ordinal))
        && (Statuses.Count == 0 || Statuses.Contains(GetStatus(generation), StringComparer.Ordinal));

    private static bool TryParseWindow(RequestContext context, out DateTimeOffset start, out DateTimeOffset end)
    {
        (start, end) = (default, context.Now);
        var period = context.GetQueryValue("period");
        var (from, to) = (context.GetQueryValue("start"), context.GetQueryValue("end"));
        if (from is null && to is null)
            return TryParsePeriod(period ?? "24h", context.Now, out start);

        return period is null && from is not null && to is not null
            && QueryParameters.TryParseTime(from, default, out start)
            && QueryParameters.TryParseTime(to, default, out end)
            && start <= end
            && end - start <= TimeSpan.FromDays(MaximumDays);
    }

    private static bool TryParsePeriod(string period, DateTimeOffset now, out DateTimeOffset start)
    {
        start = now;
        if (!int.TryParse(period[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            || count is < 1 or > MaximumDays * 24)
        {
            return false;
        }

        var length = period[^1] switch { 'h' => TimeSpan.FromHours(count), 'd' => TimeSpan.FromDays(count), _ => TimeSpan.Zero };
        start = now - length;
        return length > TimeSpan.Zero && length <= TimeSpan.FromDays(MaximumDays);
    }

    private static string[] GetValues(RequestContext context, string name) => [.. context.Http.Query[name].OfType<string>()];
}
