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

    /// <summary>The library's words with this program's verbs and options in place of its own.</summary>
    public static string OfLibrary(string message)
    {
        var words = message.Split(" (Parameter")[0].Replace("WanVideoClientOptions.", "", StringComparison.Ordinal)
            .Replace("set DownloadOptions.Overwrite", "add --overwrite", StringComparison.Ordinal);
        return RecoverCall().Replace(WaitCall().Replace(words, call => $"`{Wait(call.Groups[1].Value)}`"), call => $"`{Recover(call.Groups[1].Value)}`");
    }

    public static string Get(string generationId) => $"wan27 get {Argument(generationId)}";

    public static string Wait(string generationId) => $"wan27 wait {Argument(generationId)}";

    public static string Download(string generationId) => $"wan27 download {Argument(generationId)}";

    public static string Recover(string clientRequestId) => $"wan27 recover {Argument(clientRequestId)}";

    /// <summary>A word as a shell takes it.</summary>
    public static string Quoted(string word) => Plain().IsMatch(word) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    /// <summary>What a file may be called after an id of the service's, which may hold anything.</summary>
    public static string FileName(string id) => Unsafe().Replace(id[..Math.Min(id.Length, 100)], "-");

    // An id may begin with a dash and be taken for an option.
    private static string Argument(string id) => id.StartsWith('-') ? $"-- {id}" : id;

    [GeneratedRegex(@"^[\w./:=@%+,-]+$")]
    private static partial Regex Plain();

    [GeneratedRegex("[^A-Za-z0-9_.-]")]
    private static partial Regex Unsafe();

    [GeneratedRegex("""WaitAsync\("([^"]*)"\)""")]
    private static partial Regex WaitCall();

    [GeneratedRegex("""FindGenerationsAsync\("([^"]*)"\)""")]
    private static partial Regex RecoverCall();
}
