using System.Globalization;
using System.Text.RegularExpressions;

namespace Wan27.Cli.Output;

/// <summary>How things are said here.</summary>
internal static partial class Words
{
    public static string Status(GenerationProgress progress) => progress.Polls == 0
        ? progress.ClientRequestId is { } id ? $"accepted as {progress.GenerationId} (submission {id})" : $"waiting for {progress.GenerationId}"
        : progress.Status.Value;

    public static string Elapsed(TimeSpan time) => time.ToString(time < TimeSpan.FromHours(1) ? @"mm\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    public static string Bytes(long count) => count < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{count / 1e3:0.#} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:0.#} MB");

    /// <summary>The library's words with this program's verbs in place of its own.</summary>
    public static string OfLibrary(string message) =>
        RecoverCall().Replace(WaitCall().Replace(message, call => $"`{Wait(call.Groups[1].Value)}`"), call => $"`{Recover(call.Groups[1].Value)}`");

    public static string Wait(string generationId) => $"wan27 wait {Argument(generationId)}";

    public static string Download(string generationId) => $"wan27 download {Argument(generationId)}";

    public static string Recover(string clientRequestId) => $"wan27 recover {Argument(clientRequestId)}";

    // An id may begin with a dash and be taken for an option.
    private static string Argument(string id) => id.StartsWith('-') ? $"-- {id}" : id;

    [GeneratedRegex("""WaitAsync\("([^"]*)"\)""")]
    private static partial Regex WaitCall();

    [GeneratedRegex("""FindGenerationsAsync\("([^"]*)"\)""")]
    private static partial Regex RecoverCall();
}
