using CsCheck;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Tests.Transport;

public class RandomBackoffTests
{
    private static readonly Gen<TimeSpan?> ServerDelay =
        Gen.OneOf(Gen.Long[-20_000, 60_000], Gen.Long[-20_000, 60_000], Gen.Long[60_001, 70_000], Gen.Long[60_001, 1L << 40]).Select(ms => ms < -10_000 ? (TimeSpan?)null : TimeSpan.FromMilliseconds(Math.Max(0, ms)));

    [Fact]
    public async Task The_attempts_and_the_pauses_of_a_call_follow_the_rule()
    {
        await Gen.Select(Gen.Int[1, 4], ServerDelay.Array[5], Gen.Int[0, 5], Gen.Bool).SampleAsync(
            async (maxRetries, serverDelays, failures, isTimeout) =>
            {
                var (clock, attempts) = (new DelayRecorder(), 0);
                Exception fault = isTimeout ? new WanConnectionException("timeout") : new WanApiException("nonsense", System.Net.HttpStatusCode.OK) { IsUnreadable = true };
                var pipeline = RetryPipeline.Create<string>(
                    maxRetries, outcome => outcome.Exception is WanException, _ => serverDelays[attempts - 1], (_, _) => { }, new RetryBudget(), clock, new Random(27));

                var isDone = true;
                try
                {
                    await pipeline.ExecuteAsync(_ => attempts++ < failures ? throw fault : ValueTask.FromResult("done"));
                }
                catch (WanException)
                {
                    isDone = false;
                }

                var obeyed = serverDelays.TakeWhile(delay => !(delay > RetryAfterHeader.Longest)).Count();
                var expected = Math.Min(failures, Math.Min(maxRetries, obeyed));
                Assert.Equal((expected + 1, failures <= expected), (attempts, isDone));
                Assert.Equal(serverDelays.Take(expected).Count(delay => delay != TimeSpan.Zero), clock.Delays.Count);
                Assert.All(clock.Delays.Zip(serverDelays.Where(delay => delay != TimeSpan.Zero)), pair =>
                {
                    if (pair.Second is { } asked)
                        Assert.InRange(pair.First, asked - TimeSpan.FromMilliseconds(1), asked + TimeSpan.FromMilliseconds(1));
                    else
                        Assert.InRange(pair.First, TimeSpan.FromSeconds(0.25), TimeSpan.FromSeconds(12));
                });
            },
            seed: "0N0XIzNsQ0O2", iter: 2_000, threads: 1);
    }

    [Fact]
    public void A_storm_empties_the_budget_and_each_success_earns_a_fifth_of_a_retry() =>
        Gen.Bool.Array[0, 2_000].Sample(
            steps =>
            {
                var (budget, tokens) = (new RetryBudget(), 500);
                foreach (var isRetry in steps)
                {
                    if (!isRetry)
                    {
                        budget.Succeeded();
                        tokens = Math.Min(500, tokens + 1);
                        continue;
                    }

                    var isTimeout = tokens % 2 == 0;
                    var cost = isTimeout ? 10 : 5;
                    Assert.Equal(tokens >= cost, budget.TryTake(isTimeout));
                    tokens -= tokens >= cost ? cost : 0;
                }
            },
            seed: "0N0XIzNsQ0O2", iter: 200, threads: 1);

    /// <summary>A clock whose timers fire at once.</summary>
    private sealed class DelayRecorder : TimeProvider
    {
        public List<TimeSpan> Delays { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Delays.Add(dueTime);
            callback(state);
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
