using Wan27.Sdk.Emulator.Generations;

namespace Wan27.Sdk.Emulator.Scripts;

/// <summary>The properties of a shape of responses.</summary>
internal sealed record ResponseShape
{
    public string Queued { get; private init; } = GenerationStatus.Queued;

    public string Generating { get; private init; } = GenerationStatus.Generating;

    public string Completed { get; private init; } = GenerationStatus.Completed;

    /// <summary>Gets the name of the id in the response to the submission.</summary>
    public string SubmissionId { get; private init; } = "id";

    /// <summary>Gets a value indicating whether a field without a value is null. Otherwise, there is no such field.</summary>
    public bool WritesNull { get; private init; }

    /// <summary>Gets the fields of the usage in the response to the submission.</summary>
    public IReadOnlyList<string> Usage { get; private init; } = [];

    /// <summary>Gets the fields of the usage in the response to a read of the completed generation.</summary>
    public IReadOnlyList<string> FinalUsage { get; private init; } = [];

    public bool HasVideoDetails { get; private init; }

    public bool HasVideoArray { get; private init; }

    public bool HasBareAddress { get; private init; }

    public bool HasErrorOfCompleted { get; private init; }

    public static ResponseShape Get(EmulatorResponseShape shape) => shape switch
    {
        EmulatorResponseShape.Minimal => new(),
        EmulatorResponseShape.Succeeded => new() { Completed = "succeeded" },
        EmulatorResponseShape.WaitingAndActive => new() { Queued = "waiting", Generating = "active" },
        EmulatorResponseShape.GenerationId => new() { SubmissionId = "generation_id", Usage = [UsageFields.Credits] },
        EmulatorResponseShape.TokensUsed => new() { Usage = [UsageFields.Tokens] },
        EmulatorResponseShape.VideoDetails => new() { HasVideoDetails = true },
        EmulatorResponseShape.VideoAddresses => new() { HasVideoArray = true, HasBareAddress = true },
        EmulatorResponseShape.VideoObjects => new() { HasVideoArray = true },
        EmulatorResponseShape.ErrorOfCompleted => new() { FinalUsage = UsageFields.CreditsAndUsd, HasErrorOfCompleted = true },
        _ => new() { WritesNull = true, Usage = UsageFields.CreditsAndUsd, FinalUsage = UsageFields.CreditsAndUsd },
    };

    public string Translate(string status) => status switch
    {
        GenerationStatus.Queued => Queued,
        GenerationStatus.Generating => Generating,
        GenerationStatus.Completed => Completed,
        _ => status,
    };

    internal static class UsageFields
    {
        public const string Credits = "credits_used";
        public const string Usd = "usd_spent";
        public const string Tokens = "tokens_used";

        public static readonly IReadOnlyList<string> CreditsAndUsd = [Credits, Usd];
    }
}
