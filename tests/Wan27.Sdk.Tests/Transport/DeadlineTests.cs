using Microsoft.Extensions.Time.Testing;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Tests.Transport;

public sealed class DeadlineTests
{
    private static readonly TimeSpan Reserve = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider clock = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(100, 5, 5)]
    [InlineData(100, 90, 90)]
    [InlineData(100, 95, 90)]
    [InlineData(12, 5, 2)]
    public async Task A_pause_ends_where_the_reserve_begins(int timeout, int delay, int expected)
    {
        var pausing = new Deadline(TimeSpan.FromSeconds(timeout), clock).PauseAsync(TimeSpan.FromSeconds(delay), Reserve, Cancellation);

        clock.Advance(TimeSpan.FromSeconds(expected) - TimeSpan.FromTicks(1));
        Assert.False(pausing.IsCompleted);
        clock.Advance(TimeSpan.FromTicks(1));
        await pausing.WaitAsync(Cancellation);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5)]
    public void With_only_the_reserve_left_a_pause_ends_at_once_unless_canceled(int timeout)
    {
        var deadline = new Deadline(TimeSpan.FromSeconds(timeout), clock);
        using var canceled = new CancellationTokenSource();
        canceled.Cancel();

        Assert.True(deadline.PauseAsync(TimeSpan.FromSeconds(1), Reserve, Cancellation).IsCompletedSuccessfully);
        Assert.True(deadline.PauseAsync(TimeSpan.FromSeconds(1), Reserve, canceled.Token).IsCanceled);
    }

    [Theory]
    [InlineData(60_000, 50_000)]
    [InlineData(10_500, 500)]
    [InlineData(10_700, 700)]
    [InlineData(10_000, 500)]
    [InlineData(1, 500)]
    public void A_limit_leaves_the_reserve_and_work_that_begins_at_the_deadline_half_a_second(int timeout, int expected)
    {
        using var limit = new Deadline(TimeSpan.FromMilliseconds(timeout), clock).Limit(Reserve, Cancellation);

        clock.Advance(TimeSpan.FromMilliseconds(expected - 1));
        Assert.False(limit.Token.IsCancellationRequested);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(limit.Token.IsCancellationRequested);
    }

    [Fact]
    public void Without_an_end_a_limit_is_as_long_as_a_timer_can_be()
    {
        var deadline = new Deadline(Timeout.InfiniteTimeSpan, clock);
        using var limit = deadline.Limit(Reserve, Cancellation);

        clock.Advance(Deadline.LongestTimer - TimeSpan.FromSeconds(1));
        Assert.Equal((TimeSpan.MaxValue, false), (deadline.Left, limit.Token.IsCancellationRequested));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(limit.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_generation_is_recent_for_a_minute_and_then_forgotten()
    {
        var recent = new RecentSubmissions(clock);
        recent.Add("gen-1");

        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.True(recent.Contains("gen-1"));
        clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(recent.Contains("gen-1"));
    }

    [Fact]
    public void A_window_of_the_log_reaches_to_both_sides_and_not_beyond_the_calendar()
    {
        var moment = new DateTimeOffset(2026, 7, 1, 14, 0, 0, TimeSpan.FromHours(2));

        Assert.Equal("start=2026-07-01T11%3A50%3A00Z&end=2026-07-01T12%3A10%3A00Z", ServiceLogClient.Around(moment, TimeSpan.FromMinutes(10)));
        Assert.StartsWith("start=0001-01-01T00%3A00%3A00Z&end=0001-01-02", ServiceLogClient.Around(DateTimeOffset.MinValue, TimeSpan.FromDays(1)), StringComparison.Ordinal);
        Assert.EndsWith("&end=9999-12-31T23%3A59%3A59Z", ServiceLogClient.Around(DateTimeOffset.MaxValue, TimeSpan.FromDays(1)), StringComparison.Ordinal);
    }
}
