namespace VideoStudio.Store;

/// <summary>Bounds text that the service or the SDK wrote before it is stored, listed or shown. The service may send megabytes.</summary>
internal static class ServiceText
{
    /// <summary>The longest text that is kept, in characters.</summary>
    public const int MaxLength = 1_024;

    /// <summary>The largest number of problems that are kept of one request.</summary>
    public const int MaxProblems = 20;

    /// <summary>Returns the beginning of a text, without control characters, which PostgreSQL's JSON cannot hold, and without half a surrogate pair.</summary>
    public static string Bound(string text)
    {
        var length = Math.Min(text.Length, MaxLength);
        if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
            length--;
        return string.Create(length, text, static (kept, full) =>
        {
            for (var i = 0; i < kept.Length; i++)
                kept[i] = char.IsControl(full[i]) ? ' ' : full[i];
        });
    }
}
