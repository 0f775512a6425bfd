using System.Globalization;
using System.Text.RegularExpressions;
using Wan27.Cli.Commands;
using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Emulation;

/// <summary>
/// Parses a fault: name, value, requests and repetitions. <c>status=503@get*3</c> responds to three reads of a generation with 503.
/// </summary>
internal static partial class FaultSyntax
{
    // The value of a fault as the help shows it: empty if it takes none, in brackets if it is optional.
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
        ["late-log"] = ("=30s", by => EmulatorFault.LateLogRows(Durations.Parse(by ?? "") ?? throw new FormatException("a duration is missing, such as late-log=30s"))),
        ["nameless-log"] = ("", _ => EmulatorFault.LogRowsWithoutClientId()),
        ["expired-url"] = ("", _ => EmulatorFault.ExpiredUrl()),
        ["changed-file"] = ("", _ => EmulatorFault.ChangedETag()),
        ["unlisted-model"] = ("", _ => EmulatorFault.UnlistedModel()),
        ["missing-prices"] = ("", _ => EmulatorFault.MissingPrices()),
    };

    private const string FailedGeneration = "fail";

    public static IEnumerable<string> Names => Faults.Keys.Append(FailedGeneration);

    public static string Help =>
        $"Syntax: name=value@requests*times: {string.Join(", ", Faults.Select(fault => fault.Key + fault.Value.Value).Append(FailedGeneration))}; "
            + "@submit, @get, @logs, @billing, @models, @file (not after fail); *3 or *always, otherwise once.";

    /// <exception cref="UsageException">The fault is invalid.</exception>
    public static Action<WanEmulator> Parse(string text)
    {
        if (Pattern().Match(text) is not { Success: true } match)
            throw Invalid(text, "it must have the form name=value@requests*times");
        var (what, value) = (match.Groups["what"].Value, match.Groups["value"] is { Success: true } given ? given.Value : null);
        try
        {
            var (times, on) = (Times(match.Groups["times"].Value), match.Groups["on"]);
            if (what == FailedGeneration)
            {
                return value is null && !on.Success
                    ? emulator => emulator.Script(EmulatorScript.FailWith("EmulatedFailure", "The emulator was configured to fail this generation."), times)
                    : throw Invalid(text, $"{FailedGeneration} takes no value and no requests");
            }

            if (!Faults.TryGetValue(what, out var known))
                throw Invalid(text, $"the known faults are {string.Join(", ", Names)}");
            if (known.Value.Length == 0 && value is not null)
                throw Invalid(text, $"{what} takes no value");
            var fault = known.Make(value);
            if (on.Success)
                fault = fault.On(Enum.Parse<EmulatorOperations>(on.Value, ignoreCase: true));
            fault = times == int.MaxValue ? fault.Always() : fault.Times(times);
            return emulator => emulator.Faults.Add(fault);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw Invalid(text, e.Message);
        }
    }

    private static int Times(string text) => text switch
    {
        "" => 1,
        "always" => int.MaxValue,
        _ => Number(text),
    };

    private static int Number(string? text, int? fallback = null) =>
        text is null ? fallback ?? throw new FormatException("a number is missing")
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new FormatException($"a value must be a whole number from 0 to {int.MaxValue} (was '{text}')");

    // Remove the parameter name from exceptions of .NET, which the user does not know.
    private static UsageException Invalid(string text, string reason) => new($"--fault {text}: {reason.Split(" (Parameter")[0].TrimEnd('.')}.");

    [GeneratedRegex(@"^(?<what>[a-z-]+)(=(?<value>[^@*]+))?(@(?<on>[a-z]+))?(\*(?<times>[a-z0-9]+))?$")]
    private static partial Regex Pattern();
}
