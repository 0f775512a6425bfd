using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Wan27.Sdk.Emulator.Generations;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>Which rows of the log are asked for.</summary>
internal sealed record LogQuery(
    DateTimeOffset Start, DateTimeOffset End, IReadOnlyList<string> Models, IReadOnlyList<string> Statuses, int Limit, int Offset)
{
    private const int MaximumDays = 92;

    public static bool TryRead(Call call, [NotNullWhen(true)] out LogQuery? query, [NotNullWhen(false)] out string? mistake)
    {
        query = null;
        mistake = null;
        var statuses = Values(call, "status");
        if (!TryReadWindow(call, out var start, out var end))
            mistake = $"Either period (such as 24h or 7d) or start and end (ISO 8601), at most {MaximumDays} days apart.";
        else if (statuses.Any(status => status is not ("succeeded" or "failed")))
            mistake = "status is succeeded or failed.";
        else if (!QueryText.TryNumber(call.Query("limit"), 50, 1, 100, out var limit))
            mistake = "limit is 1 to 100.";
        else if (!QueryText.TryNumber(call.Query("offset"), 0, 0, int.MaxValue, out var offset))
            mistake = "offset is 0 or more.";
        else
            query = new LogQuery(start, end, Values(call, "model"), statuses, limit, offset);
        return query is not null;
    }

    public static string StatusOf(GenerationSnapshot generation) => generation.Failed ? "failed" : "succeeded";

    public bool Fits(GenerationSnapshot generation) =>
        (Models.Count == 0 || Models.Contains(generation.Submission.Model, StringComparer.Ordinal))
        && (Statuses.Count == 0 || Statuses.Contains(StatusOf(generation), StringComparer.Ordinal));

    private static bool TryReadWindow(Call call, out DateTimeOffset start, out DateTimeOffset end)
    {
        (start, end) = (default, call.Now);
        var (period, from, to) = (call.Query("period"), call.Query("start"), call.Query("end"));
        if (from is null && to is null)
            return TryReadPeriod(period ?? "24h", call.Now, out start);

        return period is null && from is not null && to is not null
            && QueryText.TryTime(from, default, out start)
            && QueryText.TryTime(to, default, out end)
            && start <= end
            && end - start <= TimeSpan.FromDays(MaximumDays);
    }

    private static bool TryReadPeriod(string period, DateTimeOffset now, out DateTimeOffset start)
    {
        start = now;
        if (!int.TryParse(period[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count is < 1 or > MaximumDays * 24)
            return false;

        var length = period[^1] switch { 'h' => TimeSpan.FromHours(count), 'd' => TimeSpan.FromDays(count), _ => TimeSpan.Zero };
        start = now - length;
        return length > TimeSpan.Zero && length <= TimeSpan.FromDays(MaximumDays);
    }

    private static string[] Values(Call call, string name) => [.. call.Http.Query[name].OfType<string>()];
}
