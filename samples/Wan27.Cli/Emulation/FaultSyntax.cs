using System.Globalization;
using System.Text.RegularExpressions;
using Wan27.Cli.Commands;
using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Emulation;

/// <summary>
/// A fault as one word: what, how much, for which requests, how often. <c>status=503@get*3</c> answers three reads of a task with 503.
/// </summary>
internal static partial class FaultSyntax
{
    // A fault's value as the help shows it: "" where it takes none, in brackets where it may be left out.
    private static readonly Dictionary<string, (string Value, Func<string?, EmulatorFault> Make)> Faults = new()
    {
        ["lost-answer"] = ("", _ => EmulatorFault.Status(502).AfterAccepting().On(EmulatorOperations.Submit)),
        ["status"] = ("=code", code => EmulatorFault.Status(Number(code))),
        ["html"] = ("", _ => EmulatorFault.Html()),
        ["reset"] = ("[=byte]", at => EmulatorFault.ResetAt(Number(at, 0))),
        ["close"] = ("[=byte]", at => EmulatorFault.CloseAt(Number(at, 0))),
        ["stall"] = ("[=byte]", at => EmulatorFault.StallAt(Number(at, 0))),
        ["slow"] = ("=bytes-a-second", rate => EmulatorFault.Slow(Number(rate))),
        ["truncate"] = ("=bytes", to => EmulatorFault.TruncateBody(Number(to))),
        ["late-log"] = ("=30s", by => EmulatorFault.LateLogRows(Durations.Parse(by ?? "") ?? throw new FormatException("a length of time is missing, such as late-log=30s"))),
        ["nameless-log"] = ("", _ => EmulatorFault.LogRowsWithoutClientId()),
        ["expired-url"] = ("", _ => EmulatorFault.ExpiredUrl()),
        ["changed-file"] = ("", _ => EmulatorFault.ChangedETag()),
        ["unlisted-model"] = ("", _ => EmulatorFault.UnlistedModel()),
        ["missing-prices"] = ("", _ => EmulatorFault.MissingPrices()),
    };

    private const string FailedTask = "fail";

    public static IEnumerable<string> Names => Faults.Keys.Append(FailedTask);

    public static string Help =>
        $"Written what=value@requests*times: {string.Join(", ", Faults.Select(fault => fault.Key + fault.Value.Value).Append(FailedTask))}; "
            + "@submit, @get, @logs, @billing, @models, @file (not after fail); *3 or *always, else once.";

    /// <exception cref="UsageException">It is no fault.</exception>
    public static Action<WanEmulator> Parse(string text)
    {
        if (Pattern().Match(text) is not { Success: true } match)
            throw Wrong(text, "it is not of the form what=value@requests*times");
        var (what, value) = (match.Groups["what"].Value, match.Groups["value"] is { Success: true } given ? given.Value : null);
        try
        {
            var (times, on) = (Times(match.Groups["times"].Value), match.Groups["on"]);
            if (what == FailedTask)
            {
                return value is null && !on.Success
                    ? emulator => emulator.Script(EmulatorScript.FailWith("EmulatedFailure", "The emulator was told to fail this task."), times)
                    : throw Wrong(text, $"{FailedTask} takes no value and no requests");
            }

            if (!Faults.TryGetValue(what, out var known))
                throw Wrong(text, $"known are {string.Join(", ", Names)}");
            if (known.Value.Length == 0 && value is not null)
                throw Wrong(text, $"{what} takes no value");
            var fault = known.Make(value);
            if (on.Success)
                fault = fault.On(Enum.Parse<EmulatorOperations>(on.Value, ignoreCase: true));
            fault = times == int.MaxValue ? fault.Always() : fault.Times(times);
            return emulator => emulator.Faults.Add(fault);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw Wrong(text, e.Message);
        }
    }

    private static int Times(string text) => text switch
    {
        "" => 1,
        "always" => int.MaxValue,
        _ => Number(text),
    };

    private static int Number(string? text, int? otherwise = null) =>
        text is null ? otherwise ?? throw new FormatException("a number is missing")
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new FormatException($"'{text}' is no whole number from 0 to {int.MaxValue}");

    // An exception of .NET's names the parameter of a method that the user cannot see.
    private static UsageException Wrong(string text, string reason) => new($"--fault {text}: {reason.Split(" (Parameter")[0].TrimEnd('.')}.");

    [GeneratedRegex(@"^(?<what>[a-z-]+)(=(?<value>[^@*]+))?(@(?<on>[a-z]+))?(\*(?<times>[a-z0-9]+))?$")]
    private static partial Regex Pattern();
}
