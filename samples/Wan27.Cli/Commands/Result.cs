using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Tells a person what came of a task, and a script the one thing that it wants: the file, or else the id.</summary>
internal sealed class Result(Terminal terminal, bool asJson)
{
    /// <exception cref="UnfinishedException">It could not be written: whoever reads it has not learnt of what was bought.</exception>
    public void Tell(VideoGeneration generation, FileInfo? file)
    {
        if (file is not null)
            terminal.Error.WriteLine($"saved {file.Name}, {Words.Bytes(file.Length)}; cost: {generation.Cost}");
        try
        {
            terminal.Out.WriteLine(asJson ? Report.Json(Report.Of(generation, file)) : file?.ToString() ?? generation.Id);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var saved = file is null ? "" : $"; the video is saved as '{file}'";
            throw new UnfinishedException(generation, $"The result could not be written to standard output ({e.Message}){saved}.", e) { IsSaved = file is not null };
        }
    }
}
