namespace Wan27.Cli;

/// <summary>The exit codes. A test compares the table of the README with them.</summary>
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
