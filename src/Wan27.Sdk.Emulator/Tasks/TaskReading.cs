namespace Wan27.Sdk.Emulator.Tasks;

/// <summary>A task as one read of it found it.</summary>
internal sealed record TaskReading(
    EmulatorSubmission Submission,
    VideoOrder Order,
    string RequestId,
    EmulatorScript Script,
    DateTimeOffset? EndedAt,
    bool Failed,
    bool HasVideo,
    int UrlVersion)
{
    public string Status => Submission.Status;
}
