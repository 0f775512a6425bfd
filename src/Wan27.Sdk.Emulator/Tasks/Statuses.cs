namespace Wan27.Sdk.Emulator.Tasks;

/// <summary>The words for where a task stands.</summary>
internal static class Statuses
{
    public const string Queued = "queued";
    public const string Generating = "generating";
    public const string Completed = "completed";
    public const string Error = "error";

    public static bool IsSuccess(string status) => IsOneOf(status, Completed, "succeeded");

    public static bool IsFailure(string status) => IsOneOf(status, Error, "failed", "cancelled", "canceled");

    public static bool IsEnd(string status) => IsSuccess(status) || IsFailure(status);

    private static bool IsOneOf(string status, params string[] words) => words.Contains(status, StringComparer.OrdinalIgnoreCase);
}
