namespace Wan27.Sdk;

/// <summary>Represents the settings of the service that hands generations to an <see cref="IGenerationHandler"/>.</summary>
public sealed class GenerationJobOptions
{
    /// <summary>Gets or sets how many generations an instance waits for at once.</summary>
    /// <value>1 or more. The default is 100.</value>
    public int MaxGenerations { get; set; } = 100;

    /// <summary>Gets or sets how many calls of the handler an instance makes at once.</summary>
    /// <value>1 or more. The default is 4.</value>
    public int MaxHandlers { get; set; } = 4;

    /// <summary>Gets or sets how often the journal is asked for new jobs.</summary>
    /// <value>More than 0, at most 1 h. The default is 5 s.</value>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Gets or sets how long an instance keeps a job without extending its claim, which it does every third of this time. After a crash, another instance takes
    /// over when it is over.
    /// </summary>
    /// <value>10 s or more, at most 1 day. The default is 2 min. The clocks of instances may differ by less than a third of it.</value>
    public TimeSpan ClaimTime { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets how long after its start a submission whose generation is not found is handed over as unknown.</summary>
    /// <value>More than 0. The default is 30 min: generations of up to 14 min were observed, and the service's log is delayed.</value>
    public TimeSpan UnknownAfter { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Gets or sets how waits poll.</summary>
    /// <value>The default is null, and then <see cref="WanVideoClientOptions.Polling"/> holds.</value>
    public PollingOptions? Polling { get; set; }

    internal string? Problem() =>
        MaxGenerations < 1 ? $"{nameof(MaxGenerations)} is {MaxGenerations}; the range is 1 or more."
        : MaxHandlers < 1 ? $"{nameof(MaxHandlers)} is {MaxHandlers}; the range is 1 or more."
        : Interval <= TimeSpan.Zero || Interval > TimeSpan.FromHours(1) ? $"{nameof(Interval)} is {Interval:c}; the range is more than 0, at most 1 h."
        : ClaimTime < TimeSpan.FromSeconds(10) || ClaimTime > TimeSpan.FromDays(1) ? $"{nameof(ClaimTime)} is {ClaimTime:c}; the range is 10 s to 1 day."
        : UnknownAfter <= TimeSpan.Zero ? $"{nameof(UnknownAfter)} is {UnknownAfter:c}; the range is more than 0."
        : null;
}
