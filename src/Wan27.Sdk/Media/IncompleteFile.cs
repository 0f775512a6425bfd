namespace Wan27.Sdk.Media;

/// <summary>Creates the error of a file that was cut off.</summary>
internal static class IncompleteFile
{
    /// <param name="reason">What is missing, as a clause.</param>
    public static InvalidDataException Because(string reason) =>
        new($"looks incomplete: {reason}. Save or download it again, or set SkipValidation to send it unchanged");
}
