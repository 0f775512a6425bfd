using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Wan27.Sdk.Redaction;

/// <summary>
/// Makes text of the service safe to print: secrets are replaced in every common encoding, control characters are escaped, and the length is
/// bounded. Holds the secrets of one request: its key, its prompts.
/// </summary>
internal sealed partial class Redactor
{
    /// <summary>The longest text that is printed, in characters.</summary>
    public const int MaxLength = 1024;

    /// <summary>The longest text of the service that is kept, in characters.</summary>
    public const int MaxTextLength = 4096;

    public const string Mask = "***";

    private const int MaxSegmentLength = 64;
    private const int MaxAddressLength = 200;

    /// <summary>How much of a text is read, in bytes or characters.</summary>
    private const int MaxRead = 64 * 1024;

    /// <summary>A shorter secret is too likely to be part of an ordinary word.</summary>
    private const int MinSecretLength = 4;

    /// <summary>
    /// A part of a secret of this length is replaced as well, as a service may cut what it repeats. A secret of this length is not part of an id by
    /// coincidence.
    /// </summary>
    private const int PartLength = 16;

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string?[] secrets;

    /// <param name="secrets">What must not be repeated; null and short ones are ignored.</param>
    public Redactor(params string?[] secrets) => this.secrets = secrets;

    /// <summary>Gets a redactor that knows no secret.</summary>
    public static Redactor None { get; } = new();

    /// <summary>Creates a redactor that knows more secrets.</summary>
    public Redactor With(params ReadOnlySpan<string?> others) => new([.. secrets, .. others]);

    /// <summary>Makes text safe to print.</summary>
    public string Print(ReadOnlySpan<byte> text) => Print(Encoding.UTF8.GetString(text[..Math.Min(text.Length, MaxRead)]), isCut: text.Length >= MaxRead);

    /// <inheritdoc cref="Print(ReadOnlySpan{byte})"/>
    public string Print(string text) => Print(text[..Math.Min(text.Length, MaxRead)], isCut: text.Length > MaxRead);

    /// <summary>Replaces the secrets and leaves the rest as it is, up to <see cref="MaxTextLength"/>.</summary>
    public string Redact(string text) => Redact(text.Length > MaxTextLength ? text[..MaxTextLength] : text, PartLength);

    /// <summary>
    /// Prints the host and the path of an address. A segment of the path that is long or has characters other than those of names may be a secret or an
    /// attack on the log, and is masked.
    /// </summary>
    public static string PrintAddress(Uri uri)
    {
        var address = uri.IdnHost + string.Join('/', uri.AbsolutePath.Split('/').Select(segment => IsPlain(segment) ? segment : Mask));
        return address.Length <= MaxAddressLength ? address : address[..MaxAddressLength] + "\u2026";
    }

    /// <summary>Returns whether the service's name of a generation can be its id: printable as it is, and without a complete secret.</summary>
    public bool IsId([NotNullWhen(true)] string? name) =>
        !string.IsNullOrWhiteSpace(name)
        && None.Print(name) == name
        && new Redactor([.. secrets.Where(secret => secret?.Length >= PartLength)]).Redact(name, int.MaxValue) == name;

    /// <summary>
    /// Returns whether a text is a short token without a secret or a part of one. It has no characters that could escape others, so that it is compared as
    /// it is.
    /// </summary>
    public bool IsToken([NotNullWhen(true)] string? text)
    {
        if (text is not { Length: > 0 and <= MaxSegmentLength } || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or ':'))
            return false;
        foreach (var secret in secrets)
        {
            var length = Math.Min(secret?.Length ?? 0, PartLength);
            for (var i = 0; length >= MinSecretLength && i + length <= text.Length; i++)
            {
                if (secret.AsSpan().Contains(text.AsSpan(i, length), StringComparison.OrdinalIgnoreCase))
                    return false;
            }
        }

        return true;
    }

    private static bool IsPlain(string segment) =>
        segment.Length <= MaxSegmentLength && segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '~' or '%');

    private string Print(string text, bool isCut)
    {
        var clean = Redact(text, PartLength);
        // A cut may leave the beginning of a secret that is too short to be recognized.
        if (isCut && secrets.Length > 0)
            clean = clean[..Math.Max(0, clean.Length - (8 * PartLength))];
        clean = Query().Replace(clean, address => address.Groups[2].Success ? $"{address.Groups[1].Value}?{Mask}" : address.Value);
        clean = Base64().Replace(clean, data => data.Groups[1].Value + Mask); // a replacement pattern would link its parser into the application
        return Escape(clean);
    }

    private string Redact(string text, int partLength)
    {
        CanonicalText? canonical = null;
        foreach (var secret in secrets)
        {
            if (secret?.Length >= MinSecretLength)
                (canonical ??= CanonicalText.Create(text)).Hide(secret, partLength);
        }

        return canonical?.Print(Mask) ?? text;
    }

    private static string Escape(string text)
    {
        var printed = new StringBuilder();
        foreach (var c in text)
        {
            if (char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
                printed.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else
                printed.Append(c);
            if (printed.Length >= MaxLength)
                break;
        }

        return printed.Length > MaxLength ? printed.ToString(0, MaxLength) : printed.ToString();
    }

    // The query of an address may be a signature. Every address is matched, with a query or without, so that no character is read twice.
    [GeneratedRegex(@"(https?:\\?/\\?/[^\s""'<>?]*)(\?[^\s""'<>]*)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Query();

    // A JSON writer may escape a plus or a slash.
    [GeneratedRegex(@"(;base64,)[A-Za-z0-9+/=_\\-]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Base64();
}
