using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Wan27.Sdk.Words;

/// <summary>A server's words made fit to print: secrets taken out, control characters escaped, at most 1,024 characters.</summary>
internal static partial class ServerWords
{
    public const int MaxLength = 1024;

    /// <summary>How much of the words is looked at, in bytes or characters.</summary>
    private const int MaxRead = 64 * 1024;

    /// <summary>From this length on an id does not hold a prompt by chance; to lose an id over a short one would lose a paid task.</summary>
    private const int MinUnlikely = 16;

    private const string Secret = "***";

    /// <param name="words">What the server wrote.</param>
    /// <param name="secrets">What must not be repeated: the key, the prompt.</param>
    public static string Print(ReadOnlySpan<byte> words, params string?[] secrets) =>
        Print(Encoding.UTF8.GetString(words[..Math.Min(words.Length, MaxRead)]), isCut: words.Length >= MaxRead, secrets);

    /// <inheritdoc cref="Print(ReadOnlySpan{byte}, string?[])"/>
    public static string Print(string words, params string?[] secrets) =>
        Print(words[..Math.Min(words.Length, MaxRead)], isCut: words.Length > MaxRead, secrets);

    /// <summary>
    /// Whether a service's word for a task can be its id: fit to print, as it will stand in messages and logs, and without a secret.
    /// </summary>
    /// <param name="named">What the service calls the task.</param>
    /// <param name="secrets">What it must not repeat: the key, the prompt.</param>
    public static bool IsId([NotNullWhen(true)] string? named, params string?[] secrets) => named is { Length: > 0 }
        && Print(named, [.. secrets.Where(secret => secret?.Length >= MinUnlikely)]) == named;

    /// <summary>The words without the secrets, and otherwise as they are.</summary>
    public static string WithoutSecrets(string words, params string?[] secrets) => Without(words, FormsOf(secrets));

    private static string Print(string words, bool isCut, string?[] secrets)
    {
        var hidden = FormsOf(secrets);
        var clean = Without(words, hidden);

        // A cut may have torn a secret.
        if (isCut && hidden.Count > 0)
            clean = clean[..Math.Max(0, clean.Length - hidden[0].Length)];
        clean = Query().Replace(clean, address => address.Groups[2].Success ? $"{address.Groups[1].Value}?{Secret}" : address.Value);
        clean = Base64().Replace(clean, text => text.Groups[1].Value + Secret); // a pattern in place of the function would bring a parser for it
        return Escape(clean);
    }

    private static string Without(string words, List<string> hidden) =>
        hidden.Aggregate(words, (text, secret) => text.Replace(secret, Secret, StringComparison.Ordinal));

    private static List<string> FormsOf(string?[] secrets) => [.. secrets.OfType<string>()
        .Select(Unicode)
        .SelectMany(secret => new[] { secret, JsonEscaped(secret, JavaScriptEncoder.Default), JsonEscaped(secret, JavaScriptEncoder.UnsafeRelaxedJsonEscaping) })
        .Where(secret => secret.Length >= 4)
        .OrderByDescending(secret => secret.Length)];

    // Half of a pair in a prompt, which JSON cannot hold, is sent and comes back as the replacement character.
    private static string Unicode(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    private static string JsonEscaped(string text, JavaScriptEncoder encoder) => JsonEncodedText.Encode(text, encoder).ToString();

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

    // The query of an address may be a signature. Every address is matched, with a query or without, so that no character is looked at twice.
    [GeneratedRegex(@"(https?:\\?/\\?/[^\s""'<>?]*)(\?[^\s""'<>]*)?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Query();

    // A writer of JSON may escape a plus or a slash.
    [GeneratedRegex(@"(;base64,)[A-Za-z0-9+/=_\\-]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Base64();
}
