using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Where a video is saved. Checked before anything is bought.</summary>
internal sealed class FileOptions
{
    public const string OutputName = "--output";

    private readonly Option<string?> output = new(OutputName, "-o")
    {
        Description = "The file to make. Default: video-<id>.mp4 here.",
        HelpName = "file",
    };

    public FileOptions(Command command)
    {
        command.Add(output);
        command.Add(Overwrite);
    }

    /// <summary>Whether a file of that name is replaced.</summary>
    public Option<bool> Overwrite { get; } = new("--overwrite") { Description = "Replace a file that exists, once the new one is whole." };

    /// <summary>The file for a task, which is named by it where nobody gave a name: whoever fetches it again goes on with the same.</summary>
    /// <param name="parsed">What was given.</param>
    /// <returns>Where to save the video of a task.</returns>
    /// <exception cref="UsageException">The file exists, or it cannot be made there.</exception>
    public Func<VideoGeneration, FileInfo> Read(ParseResult parsed)
    {
        var given = parsed.GetValue(output) switch
        {
            null => null,
            "" => throw new UsageException($"{OutputName} is empty."),
            var path => new FileInfo(path),
        };
        Check(given ?? new FileInfo("video.mp4"), isNamed: given is not null, parsed.GetValue(Overwrite));
        return generation => given ?? new FileInfo($"video-{Words.FileName(generation.Id)}.mp4");
    }

    private static void Check(FileInfo file, bool isNamed, bool overwrites)
    {
        if (Directory.Exists(file.FullName) && isNamed)
            throw new UsageException($"'{file}' is a folder.");
        if (file.Directory is not { Exists: true } folder)
            throw new UsageException($"The folder of '{file}' does not exist.");
        if (file.Exists && isNamed && !overwrites)
            throw new UsageException($"'{file}' exists; choose another name or add --overwrite.");
        try
        {
            // Whether it can be made is known only when something was.
            using var probe = new FileStream(
                Path.Combine(folder.FullName, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, System.IO.FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"Nothing can be saved in '{folder}': {e.Message}");
        }
    }
}
