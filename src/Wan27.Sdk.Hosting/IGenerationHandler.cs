namespace Wan27.Sdk;

/// <summary>Receives the outcome of each submission. The application implements it and registers it with <c>AddJobs</c>; each call has a scope of its own.</summary>
public interface IGenerationHandler
{
    /// <summary>
    /// Handles a generation that is finished or failed, or of which is unknown whether it exists: see <see cref="GenerationOutcome.IsSucceeded"/> and
    /// <see cref="GenerationOutcome.IsUnknown"/>.
    /// </summary>
    /// <remarks>
    /// It is called once for each of these states, and again after an exception, a lost database or the crash of a process: what it does must have the same effect
    /// if it is done twice. A submission that was unknown can become known later. If it throws, it is called again after 2 s to 5 min; only the type of the
    /// exception is logged.
    /// </remarks>
    /// <param name="outcome">The outcome. <see cref="GenerationOutcome.ClientRequestId"/> is always set.</param>
    /// <param name="cancellationToken">
    /// Is canceled when the host does not wait any longer for its end, or another instance has taken over because the journal was away; then it is called again.
    /// </param>
    /// <returns>Completes when the outcome is handled, and is not needed any more.</returns>
    Task HandleAsync(GenerationOutcome outcome, CancellationToken cancellationToken);
}
