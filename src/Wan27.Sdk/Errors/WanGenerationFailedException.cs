using Wan27.Sdk.Redaction;

namespace Wan27.Sdk;

/// <summary>
/// The generation failed. It is over, and a failed generation is not charged. With a journal, its client request id stays that of the failed generation;
/// <see cref="VideoGenerationRequest.NextAttempt"/> is the way to a new one.
/// </summary>
public sealed class WanGenerationFailedException : WanException
{
    /// <summary>Initializes a new instance of the <see cref="WanGenerationFailedException"/> class.</summary>
    /// <param name="generation">The failed generation.</param>
    public WanGenerationFailedException(VideoGeneration generation)
        : base(Describe(generation))
    {
        Generation = generation;
        GenerationId = generation.Id;
        ClientRequestId = generation.ClientRequestId;
        LastStatus = generation.Status;
    }

    /// <summary>Gets the generation, with its <see cref="VideoGeneration.Error"/>.</summary>
    public VideoGeneration Generation { get; }

    // There is nothing to resume.
    private protected override string? NextStep() => null;

    private static string Describe(VideoGeneration generation)
    {
        ArgumentNullException.ThrowIfNull(generation);
        var reason = generation.Error?.ToString() is { Length: > 0 } text ? Redactor.None.Print(text).TrimEnd('.') : "the service gave no reason";
        return $"Generation '{generation.Id}' ended with status '{generation.Status}': {reason}.";
    }
}
