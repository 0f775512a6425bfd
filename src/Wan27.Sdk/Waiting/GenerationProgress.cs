namespace Wan27.Sdk;

/// <summary>What is known of a task that is being waited for. The first report comes with its acceptance, so that the id is at hand at once.</summary>
/// <param name="GenerationId">The task's id.</param>
/// <param name="Status">Its status when last read.</param>
/// <param name="Elapsed">How long it has been waited for.</param>
/// <param name="Polls">How often it was asked for.</param>
/// <param name="ClientRequestId">The id under which it was submitted; null when the wait began from a bare id.</param>
public sealed record GenerationProgress(string GenerationId, GenerationStatus Status, TimeSpan Elapsed, int Polls, string? ClientRequestId = null);
