using System.Globalization;
using System.Net;
using System.Text;

namespace Wan27.Sdk.Redaction;

/// <summary>
/// A text in the form in which secrets are searched: JSON, HTML and URL escapes decoded (up to three times), white space collapsed, lower case.
/// Each character knows where it was, so that what is found is replaced in the original.
/// </summary>
internal sealed class CanonicalText
{
    private const int MaxEscapes = 3;

    /// <summary>The longest HTML entity that is decoded, in characters.</summary>
    private const int MaxEntityLength = 10;

    private readonly string original;
    private readonly StringBuilder text = new();

    // The place in the original of each character; behind the last, the original's length.
    private readonly List<int> starts = [];
    private readonly bool[] hidden;

    private CanonicalText(string original)
    {
        this.original = original;
        hidden = new bool[original.Length];
    }

    /// <summary>Reads a text.</summary>
    public static CanonicalText Create(string original)
    {
        var canonical = new CanonicalText(original);
        var (decoded, starts) = (original, Enumerable.Range(0, original.Length + 1).ToList());
        for (var escapes = 0; escapes < MaxEscapes && decoded.AsSpan().IndexOfAny('%', '&', '\\') >= 0; escapes++)
            (decoded, starts) = Decode(decoded, starts);
        canonical.Fold(decoded, starts);
        return canonical;
    }

    /// <summary>Marks each occurrence of a secret, and of each part of it that has the given length.</summary>
    public void Hide(string secret, int partLength)
    {
        // Half of a surrogate pair is sent and repeated as the replacement character.
        var wanted = Create(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(secret))).text.ToString().Trim();
        var found = text.ToString();
        var length = Math.Min(wanted.Length, partLength);
        if (length == 0)
            return;
        var parts = new HashSet<int>();
        for (var i = 0; i + length <= wanted.Length; i++)
            parts.Add(string.GetHashCode(wanted.AsSpan(i, length)));
        for (var i = 0; i + length <= found.Length; i++)
        {
            var part = found.AsSpan(i, length);
            if (parts.Contains(string.GetHashCode(part)) && wanted.AsSpan().IndexOf(part) >= 0)
                hidden.AsSpan(starts[i]..starts[i + length]).Fill(true);
        }
    }

    /// <summary>The original, with a mask in place of each range that was marked.</summary>
    public string Print(string mask)
    {
        if (Array.IndexOf(hidden, true) < 0)
            return original;
        var printed = new StringBuilder();
        for (var i = 0; i < original.Length; i++)
        {
            if (!hidden[i])
                printed.Append(original[i]);
            else if (i == 0 || !hidden[i - 1])
                printed.Append(mask);
        }

        return printed.ToString();
    }

    // A plus is a blank in a query.
    private void Fold(string decoded, List<int> places)
    {
        for (var i = 0; i < decoded.Length; i++)
        {
            var isBlank = char.IsWhiteSpace(decoded[i]) || char.IsControl(decoded[i]) || decoded[i] == '+';
            if (isBlank && text.Length > 0 && text[^1] == ' ')
                continue;
            text.Append(isBlank ? ' ' : char.ToLowerInvariant(decoded[i]));
            starts.Add(places[i]);
        }

        starts.Add(places[decoded.Length]);
    }

    private static (string Text, List<int> Starts) Decode(string text, List<int> starts)
    {
        var (decoded, places) = (new StringBuilder(text.Length), new List<int>(text.Length + 1));
        for (var i = 0; i < text.Length;)
        {
            var plain = text.AsSpan(i).IndexOfAny('%', '&', '\\');
            plain = plain < 0 ? text.Length - i : plain;
            decoded.Append(text, i, plain);
            places.AddRange(starts.GetRange(i, plain));
            i += plain;
            if (i == text.Length)
                break;
            var (characters, length) = DecodeAt(text.AsSpan(i));
            decoded.Append(characters);
            places.AddRange(Enumerable.Repeat(starts[i], characters.Length));
            i += length;
        }

        places.Add(starts[text.Length]);
        return (decoded.ToString(), places);
    }

    /// <summary>The characters that a text begins with, and how long their escape is.</summary>
    private static (string Characters, int Length) DecodeAt(ReadOnlySpan<char> text) => text[0] switch
    {
        '%' => DecodePercent(text),
        '&' => DecodeEntity(text),
        '\\' when text.Length >= 6 && text[1] is 'u' && ushort.TryParse(text[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) =>
            (((char)code).ToString(), 6),
        '\\' when text.Length >= 2 && text[1] is 'n' or 'r' or 't' or 'b' or 'f' => (" ", 2),
        '\\' when text.Length >= 2 && text[1] is '"' or '\\' or '/' or '\'' => (text[1].ToString(), 2),
        _ => (text[0].ToString(), 1),
    };

    private static (string Characters, int Length) DecodePercent(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[4];
        var count = 0;
        while (count < bytes.Length && text.Length >= (3 * count) + 3 && text[3 * count] == '%'
            && byte.TryParse(text.Slice((3 * count) + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out bytes[count]))
            count++;
        if (count == 0)
            return ("%", 1);
        Rune.DecodeFromUtf8(bytes[..count], out var rune, out var consumed);
        return (rune.ToString(), 3 * consumed);
    }

    private static (string Characters, int Length) DecodeEntity(ReadOnlySpan<char> text)
    {
        var end = text[..Math.Min(text.Length, MaxEntityLength)].IndexOf(';');
        if (end < 0)
            return ("&", 1);
        var entity = text[..(end + 1)].ToString();
        var decoded = WebUtility.HtmlDecode(entity);
        return decoded == entity ? ("&", 1) : (decoded, entity.Length);
    }
}
