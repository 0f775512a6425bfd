namespace Wan27.Sdk.Waiting;

/// <summary>What is expected of one generation, and what is learned from it.</summary>
/// <param name="history">Learns from it.</param>
/// <param name="kind">The kind of the generation.</param>
/// <param name="ageAtStart">Its age when the wait started.</param>
/// <param name="expected">What it is expected to take; null if that is not known.</param>
internal sealed class ExpectedDuration(DurationHistory history, GenerationKind kind, TimeSpan ageAtStart, TimeSpan? expected)
{
    /// <summary>The part of the duration between two polls: half of it is the mean lateness, 3 %.</summary>
    private const double Step = 0.06;

    /// <summary>Half of it is the mean lateness of short generations, 2.7 s.</summary>
    private static readonly TimeSpan MinStep = TimeSpan.FromSeconds(5.4);

    // The age at which the generation was not complete; null if that is not known, as no one looked at an older one before.
    private TimeSpan? lastPending = ageAtStart <= PollingOptions.Default.InitialDelay ? TimeSpan.Zero : null;

    /// <summary>Returns the time to the expected end, or 0 after it; null if that is not known.</summary>
    public TimeSpan? LeftAfter(TimeSpan waited) => Expected is { } all ? Max(all - Age(waited), TimeSpan.Zero) : null;

    /// <summary>Returns the time to the next poll; null if nothing is expected.</summary>
    /// <remarks>
    /// A quarter and half of the expected duration are looked at because others of the model, shorter ones too, may be in what the service publishes.
    /// </remarks>
    public TimeSpan? NextAfter(TimeSpan waited)
    {
        if (Expected is not { } all)
            return null;
        var age = Age(waited);
        return age < 0.2 * all ? Max(all / 4, PollingOptions.Default.InitialDelay) - age
            : age < 0.4 * all ? (all / 2) - age
            : Max(Step * Max(all, age), MinStep);
    }

    /// <summary>Records that the generation is not complete yet.</summary>
    public void Pending(TimeSpan waited) => lastPending = Age(waited);

    /// <summary>Records that the generation is complete: since the middle of the time in which no one looked.</summary>
    public void Completed(TimeSpan waited)
    {
        if (lastPending is { } pending)
            history.Completed(kind, (pending + Age(waited)) / 2);
    }

    // A shorter one ends before the first poll.
    private TimeSpan? Expected => expected > PollingOptions.Default.InitialDelay ? expected : null;

    private TimeSpan Age(TimeSpan waited) => ageAtStart + waited;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
