using Wan27.Sdk.Redaction;

namespace Wan27.Sdk;

/// <summary>The service could not make the video. The task is over; a failed generation is not charged.</summary>
public sealed class WanGenerationFailedException : WanException
{
    /// <summary>Makes the exception from the failed task.</summary>
    /// <param name="generation">The task as last read, with its error.</param>
    public WanGenerationFailedException(VideoGeneration generation)
        : base(Describe(generation))
    {
        Generation = generation;
        GenerationId = generation.Id;
        ClientRequestId = generation.ClientRequestId;
        LastStatus = generation.Status;
    }

    /// <summary>The task as last read, with its <see cref="VideoGeneration.Error"/>.</summary>
    public VideoGeneration Generation { get; }

    // There is nothing to resume.
    private protected override string? WayBack() => null;

    private static string Describe(VideoGeneration generation)
    {
        ArgumentNullException.ThrowIfNull(generation);
        var reason = generation.Error?.ToString() is { Length: > 0 } told ? Redactor.None.Print(told).TrimEnd('.') : "the server gave no reason";
        return $"Generation '{generation.Id}' ended with status '{generation.Status}': {reason}.";
    }
}
