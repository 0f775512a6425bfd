using Microsoft.Extensions.Options;
using VideoStudio.Store;

namespace VideoStudio.Jobs;

/// <summary>Calculates when the next step is due: polls by the SDK's settings, failed steps with exponential backoff.</summary>
internal sealed class StepSchedule(IOptions<WanVideoClientOptions> options, TimeProvider time)
{
    private static readonly TimeSpan MinDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MaxDelay = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RetryTimeout = TimeSpan.FromHours(24);

    private PollingOptions Polling => options.Value.Polling;

    public DateTimeOffset FirstPoll() => time.GetUtcNow() + Polling.InitialDelay;

    public DateTimeOffset NextPoll(int polls)
    {
        var interval = Polling.Interval.TotalSeconds * Math.Pow(Polling.Multiplier, polls - 1);
        return time.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(interval, Polling.MaxInterval.TotalSeconds));
    }

    public Generation Delay(Generation generation, TimeSpan? after = null)
    {
        var backoff = MinDelay.TotalSeconds * Math.Pow(2, generation.Failures);
        var delay = after ?? TimeSpan.FromSeconds(Math.Min(backoff, MaxDelay.TotalSeconds));
        return generation with { Failures = generation.Failures + 1, DueAt = time.GetUtcNow() + delay };
    }

    public bool IsTimedOut(Generation generation) => time.GetUtcNow() - generation.CreatedAt > RetryTimeout;
}
