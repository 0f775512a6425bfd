namespace Wan27.Cli;

/// <summary>What a script can tell from the end of the process. The README's table is checked against this one.</summary>
internal enum ExitCode
{
    Done = 0,
    Failed = 1,
    Usage = 2,
    Refused = 3,
    GenerationFailed = 4,
    StillRunning = 5,
    Unknown = 6,
    Interrupted = 130,
}
