using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Writes a summary for people to standard error, and the file or the id for scripts to standard output.</summary>
internal sealed class Result(Terminal terminal, bool asJson)
{
    /// <exception cref="UnfinishedException">The result could not be written, so that its reader does not know what was bought.</exception>
    public void Write(VideoGeneration generation, FileInfo? file)
    {
        if (file is not null)
            terminal.Error.WriteLine($"saved {file.Name}, {Messages.Bytes(file.Length)}; cost: {generation.Cost}");
        try
        {
            terminal.Out.WriteLine(asJson ? Report.Json(Report.From(generation, file)) : file?.ToString() ?? generation.Id);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var saved = file is null ? "" : $"; the video is saved as '{file}'";
            throw new UnfinishedException(generation, $"The result could not be written to standard output ({e.Message}){saved}.", e) { IsSaved = file is not null };
        }
    }
}
