using System.CommandLine;

namespace Wan27.Cli.Commands;

/// <summary>Where a video is saved. Checked before anything is bought.</summary>
internal sealed class FileOptions
{
    private readonly Option<FileInfo?> output = new Option<FileInfo?>("--output", "-o")
    {
        Description = "The file to make. Default: video-<task id>.mp4 here.",
        HelpName = "file",
    }.Filled();

    private readonly Option<bool> overwrite = Overwrite();

    public FileOptions(Command command)
    {
        command.Add(output);
        command.Add(overwrite);
    }

    public static Option<bool> Overwrite() => new("--overwrite") { Description = "Replace a file that exists, once the new one is whole." };

    /// <param name="parsed">The command line.</param>
    /// <param name="generationId">The task; empty where it is yet to be made.</param>
    /// <exception cref="UsageException">The file exists or cannot be made.</exception>
    public FileTarget Read(ParseResult parsed, string generationId = "")
    {
        var target = new FileTarget(parsed.GetValue(output), null, parsed.GetValue(overwrite));
        target.Check(generationId);
        return target;
    }
}
