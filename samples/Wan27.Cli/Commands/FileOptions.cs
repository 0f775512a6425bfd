using System.CommandLine;

namespace Wan27.Cli.Commands;

/// <summary>The options for the output file, checked before anything is bought.</summary>
internal sealed class FileOptions
{
    private readonly Option<FileInfo?> output = new Option<FileInfo?>("--output", "-o")
    {
        Description = "The file to save. Default: video-<id>.mp4 in the current folder.",
        HelpName = "file",
    }.NotEmpty();

    private readonly Option<bool> overwrite = Overwrite();

    public FileOptions(Command command)
    {
        command.Add(output);
        command.Add(overwrite);
    }

    public static Option<bool> Overwrite() => new("--overwrite") { Description = "Replace an existing file when the download is complete." };

    /// <param name="parsed">The command line.</param>
    /// <param name="generationId">The id of the generation; empty if it does not exist yet.</param>
    /// <exception cref="UsageException">The file exists or cannot be created.</exception>
    public FileTarget Read(ParseResult parsed, string generationId = "")
    {
        var target = new FileTarget(parsed.GetValue(output), null, parsed.GetValue(overwrite));
        target.Check(generationId);
        return target;
    }
}
