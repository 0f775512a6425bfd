using System.Globalization;
using System.Text.RegularExpressions;

namespace Wan27.Cli.Output;

/// <summary>Formats values and messages for people.</summary>
internal static partial class Messages
{
    private static readonly (string Library, string Cli)[] Terms =
    [
        ("WanVideoClientOptions.BaseAddress", "The base address of the API"),
        ("WanVideoClientOptions.ApiKey: ", ""),
        (" To download from there, set WanVideoClientOptions.TrustedDownloadNetworks or WanVideoClientOptions.AllowPrivateDownloads.", " Nothing is downloaded from there."),
        ("set DownloadOptions.Overwrite to replace it", "choose another name or add --overwrite"),
        ("set ImagePreparationOptions.AspectRatioAdjustment to Crop or Pad", "add --fit-aspect crop or --fit-aspect pad"),
        ("raise ImagePreparationOptions.Timeout, or scale", "scale"),
        (" (ImagePreparationOptions.MaxPixels); scale it down, or raise the limit", "; scale it down"),
    ];

    public static string Status(GenerationProgress progress) => IsFirst(progress)
        ? progress.ClientRequestId is { } id ? $"accepted as {progress.GenerationId} (submission {id})" : $"waiting for {progress.GenerationId}"
        : progress.Polls == 0 ? "waiting" : progress.Status.Value;

    /// <summary>Whether it is the report with the ids. If it is known what the generation takes, a second one comes before the first poll.</summary>
    public static bool IsFirst(GenerationProgress progress) => progress is { Polls: 0, ExpectedTimeLeft: null };

    /// <summary>Returns how long it will take, as the end of a sentence; null if that is not known or over.</summary>
    public static string? Left(GenerationProgress progress) => progress.ExpectedTimeLeft?.TotalSeconds switch
    {
        null or <= 0 => null,
        <= 60 and var seconds => string.Create(CultureInfo.InvariantCulture, $", about {Math.Ceiling(seconds / 5) * 5} s left"),
        var seconds => string.Create(CultureInfo.InvariantCulture, $", about {Math.Ceiling(seconds.Value / 60)} min left"),
    };

    public static string Elapsed(TimeSpan time) => time.ToString(time < TimeSpan.FromHours(1) ? @"mm\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture);

    public static string Bytes(long count) => count < 1_000_000
        ? string.Create(CultureInfo.InvariantCulture, $"{count / 1e3:0.#} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{count / 1e6:0.#} MB");

    /// <summary>Replaces the names of the library in a message by commands and options of this program.</summary>
    public static string FromLibrary(string message, NextCommand next)
    {
        var commands = WaitCall().Replace(message, call => $"`{next.Wait(call.Groups[1].Value)}`");
        commands = FindCall().Replace(commands, call => $"`{next.Recover(call.Groups[1].Value)}`");
        return Terms.Aggregate(Parameter().Replace(commands, ""), (text, term) => text.Replace(term.Library, term.Cli, StringComparison.Ordinal));
    }

    /// <summary>Removes the call with which a message of the library ends, if the command in its place is printed on a line of its own.</summary>
    public static string WithoutCall(string message) => FinalCall().Replace(message, "");

    [GeneratedRegex("""; resume with \w+Async\("[^"]*"\)| (?:Resume|Search for it(?: later)?|Wait for it) with \w+Async\("[^"]*"\)\.""")]
    private static partial Regex FinalCall();

    // .NET appends the parameter name of a method that the user does not know.
    [GeneratedRegex(@" \(Parameter '\w+'\)")]
    private static partial Regex Parameter();

    [GeneratedRegex("""WaitAsync\("([^"]*)"\)""")]
    private static partial Regex WaitCall();

    [GeneratedRegex("""FindGenerationsAsync\("([^"]*)"\)""")]
    private static partial Regex FindCall();
}
