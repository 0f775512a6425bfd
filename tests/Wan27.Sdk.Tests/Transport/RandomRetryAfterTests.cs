using System.Globalization;
using System.Net;
using CsCheck;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Tests.Transport;

public class RandomRetryAfterTests
{
    private const string Seed = "0N0XIzNsQ0O2";

    private static readonly Gen<DateTimeOffset> Moment =
        Gen.Long[0, DateTimeOffset.MaxValue.ToUnixTimeSeconds() * 2].Select(seconds => DateTimeOffset.FromUnixTimeSeconds((seconds / 2) - (seconds % 2 == 0 ? 0 : 60_000_000)));

    [Fact]
    public void Seconds_are_read_exactly_to_a_tenth_of_a_microsecond() =>
        Gen.Long[0, TimeSpan.MaxValue.Ticks / 10 * 9].Sample(
            ticks => Assert.Equal(TimeSpan.FromTicks(ticks), Of(null, ((decimal)ticks / TimeSpan.TicksPerSecond).ToString(CultureInfo.InvariantCulture))),
            seed: Seed, iter: 10_000, threads: 1);

    [Fact]
    public void A_date_is_relative_to_the_clock_of_the_server_and_never_negative() =>
        Gen.Select(Moment, Moment).Sample(
            (now, then) => Assert.Equal(then > now ? then - now : TimeSpan.Zero, Of(now, then.ToString("r", CultureInfo.InvariantCulture))),
            seed: Seed, iter: 10_000, threads: 1);

    [Fact]
    public void The_longest_of_several_values_counts() =>
        Gen.Int[0, 100_000].Array[1, 8].Sample(
            seconds => Assert.Equal(TimeSpan.FromSeconds(seconds.Max()), Of(null, [.. seconds.Select(value => value.ToString(CultureInfo.InvariantCulture))])),
            seed: Seed, iter: 2_000, threads: 1);

    [Fact]
    public void Any_other_value_is_no_delay_or_a_delay_from_now() =>
        Gen.Select(Gen.OneOf(Gen.String[Gen.Char["0123456789.,-+eE NaInfinity:GMT"], 0, 60], Gen.String[Gen.Char['\u0001', '\u00ff'], 0, 20]), Moment).Sample(
            (text, now) => !(Of(now, text) < TimeSpan.Zero),
            seed: Seed, iter: 20_000, threads: 1);

    private static TimeSpan? Of(DateTimeOffset? now, params string[] values)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        if (now is { } date)
            response.Headers.Date = date;
        response.Headers.TryAddWithoutValidation("Retry-After", values);
        return RetryAfterHeader.Of(response);
    }
}
