using CsCheck;
using Wan27.Sdk.Transport;
using Wan27.Sdk.Waiting;

namespace Wan27.Sdk.Tests.Waiting;

public class RandomPollScheduleTests
{
    private static readonly Gen<TimeSpan> Span = Gen.OneOf(Gen.Long[1, TimeSpan.TicksPerMinute], Gen.Long[1, PollingOptions.Limit.Ticks - 1]).Select(TimeSpan.FromTicks);

    private static readonly Gen<PollingOptions> Options =
        Gen.Select(Span, Span, Span, Gen.OneOf(Gen.Double[1, 2], Gen.Double[1, double.MaxValue]), Gen.Double[0, 1]).Select((first, one, other, multiplier, jitter) => new PollingOptions
        {
            InitialDelay = first,
            Interval = one < other ? one : other,
            MaxInterval = one < other ? other : one,
            Multiplier = multiplier,
            Jitter = jitter,
        });

    [Fact]
    public void Every_delay_is_valid_for_a_timer_and_within_the_jitter_of_its_interval() =>
        Gen.Select(Options, Gen.Int).Sample(
            (options, seed) =>
            {
                options.ThrowIfInvalid();
                var schedule = new PollSchedule(options, new Random(seed));
                AssertAround(options.InitialDelay.TotalMilliseconds, schedule.Next());
                for (var (polls, nominal) = (0, options.Interval.TotalMilliseconds); polls < 50; polls++)
                {
                    AssertAround(nominal, schedule.Next());
                    nominal = Math.Min(nominal * options.Multiplier, options.MaxInterval.TotalMilliseconds);
                }

                void AssertAround(double nominal, TimeSpan delay)
                {
                    var longest = Deadline.LongestTimer.TotalMilliseconds;
                    Assert.InRange(delay.TotalMilliseconds, Math.Min(longest, nominal * (1 - options.Jitter)) - 0.001, Math.Min(longest, nominal * (1 + options.Jitter)) + 0.001);
                }
            },
            seed: "0N0XIzNsQ0O2", iter: 2_000, threads: 1);
}
