using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Tells a person what came of a task, and a script the one thing that it wants: the file, or else the id.</summary>
internal sealed class Result(Terminal terminal, bool asJson)
{
    public void Tell(VideoGeneration generation, FileInfo? file)
    {
        if (file is not null)
            terminal.Error.WriteLine($"saved {file.Name}, {Words.Bytes(file.Length)}; cost: {generation.Cost}");
        try
        {
            terminal.Out.WriteLine(asJson ? Report.Json(Report.Of(generation, file)) : file?.ToString() ?? generation.Id);
        }
        catch (IOException e)
        {
            var saved = file is null ? "" : $"The video is saved as '{file}', but ";
            throw new UnfinishedException(generation, $"{saved}the result could not be written: {e.Message}", e) { IsSaved = file is not null };
        }
    }
}
