namespace Wan27.Sdk.Jobs;

/// <summary>What a look at a submission came to.</summary>
/// <param name="HandOver">What the application receives; null for nothing.</param>
/// <param name="Next">When to look again; null if nothing is left to do after that.</param>
/// <param name="Reason">Why it is looked at again, for the log.</param>
internal sealed record JobOutcome(GenerationOutcome? HandOver, TimeSpan? Next, string Reason)
{
    /// <summary>Gets the outcome of a submission that was refused, which its sender knows.</summary>
    public static JobOutcome Nothing { get; } = new(null, null, "");

    /// <summary>The generation is over.</summary>
    public static JobOutcome Known(GenerationOutcome outcome) => new(outcome, null, "");

    /// <summary>Whether a generation exists is unknown, and may become known.</summary>
    public static JobOutcome Unknown(GenerationOutcome outcome, TimeSpan next) => new(outcome, next, "");

    /// <summary>There is nothing to hand over yet.</summary>
    public static JobOutcome Later(TimeSpan next, string reason) => new(null, next, reason);
}
