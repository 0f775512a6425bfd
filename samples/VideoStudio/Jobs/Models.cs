namespace VideoStudio.Jobs;

/// <summary>What the page offers. The SDK's validation decides.</summary>
internal static class Models
{
    public const string Image = "image";
    public const string Text = "text";
    public const string Reference = "reference";
    public const int MaxReferences = 5;

    public static readonly string[] All = [Image, Text, Reference];
    public static readonly string[] Resolutions = ["720p", "1080p"];
    public static readonly int[] Seconds = [5, 10, 15];
}
