namespace Wan27.Sdk.Emulator.Generations;

/// <summary>The state of a generation at one point in time.</summary>
internal sealed record GenerationSnapshot(
    EmulatorSubmission Submission,
    GenerationParameters Parameters,
    string RequestId,
    EmulatorScript Script,
    DateTimeOffset? EndedAt,
    bool Failed,
    bool HasVideo,
    int UrlVersion)
{
    public string Status => Submission.Status;
}
