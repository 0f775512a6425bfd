namespace Wan27.Sdk.Emulator.Generations;

/// <summary>The statuses of a generation in the responses.</summary>
internal static class GenerationStatus
{
    public const string Queued = "queued";
    public const string Generating = "generating";
    public const string Completed = "completed";
    public const string Error = "error";

    public static bool IsSuccess(string status) => IsOneOf(status, Completed, "succeeded");

    public static bool IsFailure(string status) => IsOneOf(status, Error, "failed", "cancelled", "canceled");

    public static bool IsEnd(string status) => IsSuccess(status) || IsFailure(status);

    private static bool IsOneOf(string status, params string[] values) =>
        values.Contains(status, StringComparer.OrdinalIgnoreCase);
}
