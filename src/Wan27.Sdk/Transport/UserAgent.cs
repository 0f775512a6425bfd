using System.Reflection;
using System.Runtime.InteropServices;

namespace Wan27.Sdk.Transport;

/// <summary>The header with the name of the program that sends a request.</summary>
internal static class UserAgent
{
    /// <summary>The most characters that an application can add.</summary>
    public const int MaxLength = 200;

    /// <summary>The name and version of this library, the runtime and the operating system.</summary>
    public static readonly string OfLibrary =
        $"Wan27.Sdk/{Version()} ({Comment(RuntimeInformation.FrameworkDescription)}; {Comment(RuntimeInformation.OSDescription)})";

    /// <summary>Adds the header to a request; what the application sets comes last.</summary>
    public static void AddTo(HttpRequestMessage request, string? application) =>
        request.Headers.TryAddWithoutValidation("User-Agent", application is null ? OfLibrary : $"{OfLibrary} {application}");

    /// <summary>Returns whether a text consists of products, such as <c>MyApp/1.2</c>, and comments in parentheses.</summary>
    public static bool IsValid(string text)
    {
        using var request = new HttpRequestMessage();
        return text.Length <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~') && request.Headers.UserAgent.TryParseAdd(text);
    }

    private static string Version() =>
        typeof(UserAgent).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    // A kernel's description may contain what a comment cannot.
    private static string Comment(string text) => string.Concat(text.Where(c => c is >= ' ' and <= '~' and not ('(' or ')' or '\\' or ';'))).Trim();
}
