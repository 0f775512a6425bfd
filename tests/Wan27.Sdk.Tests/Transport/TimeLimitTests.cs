using Microsoft.Extensions.Time.Testing;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Tests.Transport;

public class TimeLimitTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void A_limit_ends_with_its_time_and_not_before()
    {
        var clock = new FakeTimeProvider();
        using var limit = TimeLimit.Begin(Hour, clock, CancellationToken.None);

        clock.Advance(Hour - TimeSpan.FromSeconds(1));
        Assert.False(limit.Token.IsCancellationRequested);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(limit.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_limit_that_begins_anew_has_all_of_its_time_again()
    {
        var clock = new FakeTimeProvider();
        using var limit = TimeLimit.Begin(Hour, clock, CancellationToken.None);

        clock.Advance(Hour / 2);
        limit.Restart(Hour);
        clock.Advance(Hour / 2);

        Assert.False(limit.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_limit_ends_with_its_caller()
    {
        using var caller = new CancellationTokenSource();
        using var limit = TimeLimit.Begin(Hour, TimeProvider.System, caller.Token);

        caller.Cancel();

        Assert.True(limit.Token.IsCancellationRequested);
    }

    [Fact]
    public void One_that_has_ended_is_not_given_to_another()
    {
        using var caller = new CancellationTokenSource();
        caller.Cancel();
        TimeLimit.Begin(Hour, TimeProvider.System, caller.Token).Dispose();

        var next = Enumerable.Range(0, 1_000).Select(_ => TimeLimit.Begin(Hour, TimeProvider.System, CancellationToken.None)).ToList();

        Assert.DoesNotContain(next, limit => limit.Token.IsCancellationRequested);
        next.ForEach(limit => limit.Dispose());
    }

    [Fact]
    public void The_caller_of_one_cannot_end_the_next()
    {
        using var former = new CancellationTokenSource();
        TimeLimit.Begin(Hour, TimeProvider.System, former.Token).Dispose();
        using var next = TimeLimit.Begin(Hour, TimeProvider.System, CancellationToken.None);

        former.Cancel();

        Assert.False(next.Token.IsCancellationRequested);
    }

    [Fact]
    public void What_was_left_to_be_done_at_the_end_of_one_is_not_done_at_the_end_of_the_next()
    {
        using var caller = new CancellationTokenSource();
        var calls = 0;
        using (var former = TimeLimit.Begin(Hour, TimeProvider.System, CancellationToken.None))
            former.Token.Register(() => calls++);
        using var next = TimeLimit.Begin(Hour, TimeProvider.System, caller.Token);

        caller.Cancel();

        Assert.Equal(0, calls);
    }
}
