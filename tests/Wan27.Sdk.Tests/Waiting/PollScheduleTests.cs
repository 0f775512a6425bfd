using Wan27.Sdk.Waiting;

namespace Wan27.Sdk.Tests.Waiting;

public class PollScheduleTests
{
    private const int Seeds = 2_000;

    [Fact]
    public void The_default_schedule_is_at_most_5_seconds_late_on_average_with_12_polls()
    {
        var finished = TimeSpan.FromSeconds(64);
        var lateness = TimeSpan.Zero;
        for (var seed = 0; seed < Seeds; seed++)
        {
            var schedule = new PollSchedule(PollingOptions.Default, new Random(seed));
            var (at, polls) = (TimeSpan.Zero, 0);
            do
            {
                at += schedule.Next();
                polls++;
            }
            while (at < finished);
            Assert.InRange(polls, 1, 12);
            lateness += at - finished;
        }

        Assert.InRange(lateness / Seeds, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Intervals_grow_by_the_multiplier_up_to_the_longest()
    {
        var schedule = new PollSchedule(
            new PollingOptions
            {
                InitialDelay = TimeSpan.FromSeconds(1),
                Interval = TimeSpan.FromSeconds(2),
                Multiplier = 2,
                MaxInterval = TimeSpan.FromSeconds(5),
                Jitter = 0,
            },
            new Random(1));

        var seconds = Enumerable.Range(0, 5).Select(_ => schedule.Next().TotalSeconds);

        Assert.Equal([1, 2, 4, 5, 5], seconds);
    }

    [Fact]
    public void Jitter_spreads_an_interval_to_both_sides_by_its_part_and_no_further()
    {
        var delays = Enumerable.Range(0, Seeds)
            .Select(seed => new PollSchedule(new PollingOptions { InitialDelay = TimeSpan.FromSeconds(10), Jitter = 0.2 }, new Random(seed)).Next().TotalSeconds)
            .ToList();

        Assert.All(delays, delay => Assert.InRange(delay, 8, 12));
        Assert.InRange(delays.Min(), 8, 8.2);
        Assert.InRange(delays.Max(), 11.8, 12);
    }

    [Fact]
    public void Ten_thousand_waits_that_begin_in_one_moment_do_not_ask_in_step()
    {
        const int Waits = 10_000;
        var polls = Enumerable.Range(0, Waits).SelectMany(seed => PollsWithin(TimeSpan.FromMinutes(2), seed));

        var busiest = polls.GroupBy(at => (int)(at.TotalSeconds * 10)).Max(tenth => tenth.Count());

        // The first polls are within four seconds: 2.5 % of them in each tenth of one.
        Assert.InRange(busiest, 1, Waits * 35 / 1_000);
    }

    [Fact]
    public async Task The_client_follows_the_schedule_for_a_generation_of_64_seconds()
    {
        using var service = ScriptedService.Responding();
        var accepted = service.Clock.GetUtcNow();
        service.Respond(_ => service.Clock.GetUtcNow() - accepted >= TimeSpan.FromSeconds(64)
            ? TestResponse.Generation("completed", url: Samples.VideoUrl)
            : TestResponse.Generation("generating"));

        await service.RunAsync((client, cancellation) => client.WaitAsync("gen-1", cancellationToken: cancellation));

        Assert.InRange(service.Requests.Count, 2, 12);
        Assert.InRange(service.Requests[^1].At - accepted, TimeSpan.FromSeconds(64), TimeSpan.FromSeconds(64 + (1.2 * 15)));
        Assert.Equal(accepted, service.Requests[0].At);
        Assert.InRange(service.Requests[1].At - accepted, TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(12.1));
    }

    private static IEnumerable<TimeSpan> PollsWithin(TimeSpan time, int seed)
    {
        var schedule = new PollSchedule(PollingOptions.Default, new Random(seed));
        for (var at = schedule.Next(); at < time; at += schedule.Next())
            yield return at;
    }
}
