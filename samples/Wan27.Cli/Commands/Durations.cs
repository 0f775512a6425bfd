using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Wan27.Cli.Commands;

/// <summary>Parses durations as people write them: <c>500ms</c>, <c>90s</c>, <c>20m</c>, <c>2h</c>.</summary>
internal static class Durations
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("ms", TimeSpan.FromMilliseconds(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)),
    ];

    public static Option<TimeSpan?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "time",
        CustomParser = Parse,
    };

    /// <summary>Parses a duration; returns null if the text is invalid.</summary>
    public static TimeSpan? Parse(string text)
    {
        var (unit, length) = Units.FirstOrDefault(known => text.EndsWith(known.Unit, StringComparison.Ordinal));
        return unit is not null && decimal.TryParse(text[..^unit.Length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count < 1_000_000
            ? length * (double)count
            : null;
    }

    private static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var time = Parse(text);
        if (time is null)
            result.AddError($"A duration must be like 500ms, 90s, 20m or 2h (was '{text}').");
        return time;
    }
}
