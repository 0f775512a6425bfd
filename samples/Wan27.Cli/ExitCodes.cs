namespace Wan27.Cli;

internal static class ExitCodes
{
    /// <summary>What each code means, for the help and the README.</summary>
    public static IReadOnlyDictionary<ExitCode, string> Meanings { get; } = new Dictionary<ExitCode, string>
    {
        [ExitCode.Done] = "done",
        [ExitCode.Failed] = "something else went wrong (network, file, output, journal), and nothing was bought by this command",
        [ExitCode.Usage] = "the command line cannot be understood, or no key is set; nothing was sent",
        [ExitCode.Refused] = "refused, by us before a byte was sent or by the service; no task was made",
        [ExitCode.GenerationFailed] = "the generation failed; it is not charged",
        [ExitCode.StillRunning] = "stopped before the end (time, Ctrl+C, network, disk, output, a refused read): the task exists, `wan27 wait ID` goes on",
        [ExitCode.Unknown] = "the outcome is unknown: a task may be running and may be charged; `wan27 recover` looks again",
        [ExitCode.Interrupted] = "Ctrl+C, and nothing was bought by this command",
    };

    /// <summary>The code of several outcomes: the one that needs a person most.</summary>
    public static ExitCode Worst(ExitCode one, ExitCode other) => Rank(one) >= Rank(other) ? one : other;

    private static int Rank(ExitCode code) => code switch
    {
        ExitCode.Unknown => 7,
        ExitCode.StillRunning => 6,
        ExitCode.Interrupted => 5,
        ExitCode.GenerationFailed => 4,
        _ => (int)code,
    };
}
