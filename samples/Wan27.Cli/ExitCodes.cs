namespace Wan27.Cli;

internal static class ExitCodes
{
    /// <summary>Gets the meaning of each code, for the help and the README.</summary>
    public static IReadOnlyDictionary<ExitCode, string> Meanings { get; } = new Dictionary<ExitCode, string>
    {
        [ExitCode.Done] = "done",
        [ExitCode.Failed] = "another error (network, file, output, journal); this command bought nothing",
        [ExitCode.Usage] = "the command line is invalid, or no API key is set; nothing was sent",
        [ExitCode.Refused] = "the request was rejected, by the client before it was sent or by the service; no generation exists",
        [ExitCode.GenerationFailed] = "the generation failed; it is not charged",
        [ExitCode.StillRunning] = "stopped before the end (timeout, Ctrl+C, network, disk, output, a rejected read): the generation exists, `wan27 wait ID` continues",
        [ExitCode.Unknown] = "the outcome is unknown: a generation may be running and may be charged; `wan27 recover` searches again",
        [ExitCode.Interrupted] = "Ctrl+C; this command bought nothing",
    };

    /// <summary>Returns the more severe of two codes.</summary>
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
