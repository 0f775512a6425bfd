using System.Globalization;
using System.Text.RegularExpressions;
using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Emulation;

/// <summary>
/// A fault as one word: what, how much, for which requests, how often. <c>status=503@get*3</c> answers three reads of a task with 503.
/// </summary>
internal static partial class FaultSyntax
{
    private static readonly Dictionary<string, Func<string?, EmulatorFault>> Faults = new()
    {
        ["lost-answer"] = _ => EmulatorFault.Status(502).AfterAccepting().On(EmulatorOperations.Submit),
        ["status"] = code => EmulatorFault.Status(Number(code)),
        ["html"] = _ => EmulatorFault.Html(),
        ["reset"] = at => EmulatorFault.ResetAt(Number(at, 0)),
        ["close"] = at => EmulatorFault.CloseAt(Number(at, 0)),
        ["stall"] = at => EmulatorFault.StallAt(Number(at, 0)),
        ["slow"] = rate => EmulatorFault.Slow(Number(rate)),
        ["truncate"] = to => EmulatorFault.TruncateBody(Number(to)),
        ["late-log"] = by => EmulatorFault.LateLogRows(Commands.Durations.Parse(by ?? "") ?? throw new FormatException("a length of time is missing, such as late-log=30s")),
        ["nameless-log"] = _ => EmulatorFault.LogRowsWithoutClientId(),
        ["expired-url"] = _ => EmulatorFault.ExpiredUrl(),
        ["changed-file"] = _ => EmulatorFault.ChangedETag(),
        ["unlisted-model"] = _ => EmulatorFault.UnlistedModel(),
        ["missing-prices"] = _ => EmulatorFault.MissingPrices(),
    };

    private const string FailedTask = "fail";

    public static IEnumerable<string> Names => Faults.Keys.Append(FailedTask);

    public static string Help =>
        $"Written what=number@requests*times: {string.Join(", ", Names)}; @submit, @get, @logs, @models, @file …; *3 or *always, else once.";

    /// <exception cref="UsageException">It is no fault.</exception>
    public static Action<WanEmulator> Parse(string text)
    {
        if (Pattern().Match(text) is not { Success: true } match)
            throw Wrong(text, "it is not of the form what=number@requests*times");
        var (what, value) = (match.Groups["what"].Value, match.Groups["value"] is { Success: true } given ? given.Value : null);
        try
        {
            var times = Times(match.Groups["times"].Value);
            if (what == FailedTask)
                return emulator => emulator.Script(EmulatorScript.FailWith("EmulatedFailure", "The emulator was told to fail this task."), times);
            if (!Faults.TryGetValue(what, out var make))
                throw Wrong(text, $"known are {string.Join(", ", Names)}");
            var fault = make(value);
            if (match.Groups["on"] is { Success: true } on)
                fault = fault.On(Enum.Parse<EmulatorOperations>(on.Value, ignoreCase: true));
            fault = times == int.MaxValue ? fault.Always() : fault.Times(times);
            return emulator => emulator.Faults.Add(fault);
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
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
        text is null ? otherwise ?? throw new FormatException("a number is missing") : int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static UsageException Wrong(string text, string reason) => new($"--fault {text}: {reason}.");

    [GeneratedRegex(@"^(?<what>[a-z-]+)(=(?<value>[^@*]+))?(@(?<on>[a-z]+))?(\*(?<times>[a-z0-9]+))?$")]
    private static partial Regex Pattern();
}
