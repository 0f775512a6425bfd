using Microsoft.Extensions.Options;
using VideoStudio.Store;

namespace VideoStudio.Jobs;

/// <summary>When the next step is due: polls as the SDK's own settings say, whatever failed after a pause that doubles.</summary>
internal sealed class Rhythm(IOptions<WanVideoClientOptions> options, TimeProvider time)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Patience = TimeSpan.FromHours(24);

    private PollingOptions Polling => options.Value.Polling;

    public DateTimeOffset FirstPoll() => time.GetUtcNow() + Polling.InitialDelay;

    public DateTimeOffset NextPoll(int polls)
    {
        var interval = Polling.Interval.TotalSeconds * Math.Pow(Polling.Multiplier, polls - 1);
        return time.GetUtcNow() + TimeSpan.FromSeconds(Math.Min(interval, Polling.MaxInterval.TotalSeconds));
    }

    public Generation Later(Generation generation, TimeSpan? after = null)
    {
        var pause = ShortestPause.TotalSeconds * Math.Pow(2, generation.Troubles);
        var wait = after ?? TimeSpan.FromSeconds(Math.Min(pause, LongestPause.TotalSeconds));
        return generation with { Troubles = generation.Troubles + 1, DueAt = time.GetUtcNow() + wait };
    }

    public bool IsTooLate(Generation generation) => time.GetUtcNow() - generation.CreatedAt > Patience;
}
