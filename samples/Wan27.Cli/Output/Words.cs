using System.Globalization;
using System.Text.RegularExpressions;

namespace Wan27.Cli.Output;

/// <summary>How things are said here.</summary>
internal static partial class Words
{
    private static readonly (string Library, string Ours)[] Terms =
    [
        ("WanVideoClientOptions.BaseAddress", "The address of the API"),
        ("WanVideoClientOptions.ApiKey: ", ""),
        ("; set WanVideoClientOptions.AllowPrivateDownloads to fetch it from there", ", and is not fetched from there"),
        ("set DownloadOptions.Overwrite to replace it", "choose another name or add --overwrite"),
    ];

    public static string Status(GenerationProgress progress) => progress.Polls == 0
        ? progress.ClientRequestId is { } id ? $"accepted as {progress.GenerationId} (submission {id})" : $"waiting for {progress.GenerationId}"
        : progress.Status.Value;

    public static string Elapsed(TimeSpan time) => time.ToString(time < TimeSpan.FromHours(1) ? @"mm\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    public static string Bytes(long count) => count < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{count / 1e3:0.#} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:0.#} MB");

    /// <summary>The library's words with this program's verbs and options in place of its own.</summary>
    public static string OfLibrary(string message, WayOn way)
    {
        var commands = WaitCall().Replace(message, call => $"`{way.Wait(call.Groups[1].Value)}`");
        commands = FindCall().Replace(commands, call => $"`{way.Recover(call.Groups[1].Value)}`");
        return Terms.Aggregate(Parameter().Replace(commands, ""), (words, term) => words.Replace(term.Library, term.Ours, StringComparison.Ordinal));
    }

    // .NET names the parameter of a method that the user cannot see.
    [GeneratedRegex(@" \(Parameter '\w+'\)")]
    private static partial Regex Parameter();

    [GeneratedRegex("""WaitAsync\("([^"]*)"\)""")]
    private static partial Regex WaitCall();

    [GeneratedRegex("""FindGenerationsAsync\("([^"]*)"\)""")]
    private static partial Regex FindCall();
}
