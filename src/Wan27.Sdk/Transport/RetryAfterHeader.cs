using System.Globalization;

namespace Wan27.Sdk.Transport;

/// <summary>How long a service asks to wait (RFC 9110, 10.2.3): seconds, here also with a fraction, or a date by its own clock.</summary>
internal static class RetryAfterHeader
{
    /// <summary>The longest wait that is obeyed. A longer one is reported to the caller instead.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static readonly decimal LargestSeconds = TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerSecond;

    /// <summary>The longest of the values given; null when there is none that can be understood.</summary>
    public static TimeSpan? Of(HttpResponseMessage response) =>
        response.Headers.NonValidated.TryGetValues("Retry-After", out var values)
            ? values.SelectMany(value => Parse(value, response.Headers.Date)).Cast<TimeSpan?>().Max()
            : null;

    private static IEnumerable<TimeSpan> Parse(string value, DateTimeOffset? serverNow)
    {
        if (Date(value) is { } date)
            return serverNow is { } now ? [date > now ? date - now : TimeSpan.Zero] : [];
        return value.Split(',').Select(Seconds).OfType<TimeSpan>();
    }

    private static DateTimeOffset? Date(string value) =>
        DateTimeOffset.TryParseExact(value.Trim(), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    private static TimeSpan? Seconds(string value) =>
        decimal.TryParse(value.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            && seconds <= LargestSeconds
            ? TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
}
