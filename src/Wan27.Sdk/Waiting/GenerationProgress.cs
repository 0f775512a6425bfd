namespace Wan27.Sdk;

/// <summary>Represents the state of a generation that is waited for. If its status is known, the first report is made at once.</summary>
/// <param name="GenerationId">The id of the generation.</param>
/// <param name="Status">Its status when it was last read.</param>
/// <param name="Elapsed">How long the wait has taken.</param>
/// <param name="Polls">The number of polls.</param>
/// <param name="ClientRequestId">The id under which it was submitted; null if the wait began with the id of a generation.</param>
public sealed record GenerationProgress(string GenerationId, GenerationStatus Status, TimeSpan Elapsed, int Polls, string? ClientRequestId = null)
{
    /// <summary>Gets how long the generation is expected to take from now; 0 once it takes longer than expected, and null if that is not known.</summary>
    /// <remarks>
    /// It is known for a generation that this client submitted, with the default pace of <see cref="PollingOptions"/>: from the client's own generations, or from
    /// what the service publishes. It then comes with a second report at once.
    /// </remarks>
    public TimeSpan? ExpectedTimeLeft { get; init; }
}
