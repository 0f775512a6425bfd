using System.Text;

namespace VideoStudio.Store;

/// <summary>Bounds text that the service or the SDK wrote before it is stored, listed or shown. The service may send megabytes.</summary>
internal static class ServiceText
{
    /// <summary>The largest number of problems that are kept of one request.</summary>
    public const int MaxProblems = 20;

    private const int MaxLength = 1_024;

    /// <summary>Returns the beginning of a text, without control characters and halves of surrogate pairs, which PostgreSQL cannot hold.</summary>
    public static string Bound(string text)
    {
        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().TakeWhile(rune => kept.Length + rune.Utf16SequenceLength <= MaxLength))
            kept.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        return kept.ToString();
    }
}
