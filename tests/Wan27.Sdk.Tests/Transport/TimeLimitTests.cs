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
        using var limit = new TimeLimit(Hour, clock, CancellationToken.None);

        clock.Advance(Hour - TimeSpan.FromSeconds(1));
        Assert.False(limit.Token.IsCancellationRequested);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.True(limit.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_limit_that_starts_again_has_all_of_its_time_again()
    {
        var clock = new FakeTimeProvider();
        using var limit = new TimeLimit(Hour, clock, CancellationToken.None);

        clock.Advance(Hour / 2);
        limit.Restart(Hour);
        clock.Advance(Hour / 2);

        Assert.False(limit.Token.IsCancellationRequested);
    }

    [Fact]
    public void A_limit_ends_with_its_caller()
    {
        using var caller = new CancellationTokenSource();
        using var limit = new TimeLimit(Hour, TimeProvider.System, caller.Token);

        caller.Cancel();

        Assert.True(limit.Token.IsCancellationRequested);
    }

    [Fact]
    public void Disposing_cancels_the_token()
    {
        CancellationToken late;
        using (var limit = new TimeLimit(Hour, TimeProvider.System, CancellationToken.None))
            late = limit.Token;

        Assert.True(late.IsCancellationRequested);
    }

    [Fact]
    public void The_caller_of_a_disposed_limit_can_still_be_canceled()
    {
        using var caller = new CancellationTokenSource();
        new TimeLimit(Hour, TimeProvider.System, caller.Token).Dispose();

        caller.Cancel();

        Assert.True(caller.IsCancellationRequested);
    }
}
