namespace VideoStudio.Jobs;

/// <summary>The three models, as the page names them.</summary>
internal static class Models
{
    public const string Image = "image";
    public const string Text = "text";
    public const string Reference = "reference";

    public static readonly string[] All = [Image, Text, Reference];
}
