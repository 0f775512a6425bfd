namespace Wan27.Sdk.Submission;

/// <summary>What is about to be recorded and sent.</summary>
/// <param name="Record">The record of the journal.</param>
/// <param name="Price">The price that is reserved with it, or why it is not known.</param>
internal sealed record SubmissionIntent(SubmissionRecord Record, GenerationCost Price);
