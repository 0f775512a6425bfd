using System.CommandLine;

namespace Wan27.Cli.Commands;

/// <summary>Where a video is saved. Checked before anything is bought.</summary>
internal sealed class FileOptions
{
    private readonly Option<FileInfo?> output = new("--output", "-o")
    {
        Description = "The file to make. Default: video-<time>.mp4 here.",
        HelpName = "file",
    };

    private readonly Option<bool> overwrite = new("--overwrite") { Description = "Replace a file that exists, once the new one is whole." };

    public FileOptions(Command command)
    {
        command.Add(output);
        command.Add(overwrite);
    }

    public bool Overwrites(ParseResult parsed) => parsed.GetValue(overwrite);

    /// <exception cref="UsageException">The file exists, or its folder does not.</exception>
    public FileInfo Read(ParseResult parsed)
    {
        var file = parsed.GetValue(output) ?? new FileInfo($"video-{TimeProvider.System.GetLocalNow():yyyyMMdd-HHmmss}.mp4");
        if (file.Directory is not { Exists: true })
            throw new UsageException($"The folder of '{file}' does not exist.");
        if (file.Exists && !Overwrites(parsed))
            throw new UsageException($"'{file}' exists; choose another name or add --overwrite.");
        return file;
    }
}
