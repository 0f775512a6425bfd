using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Saves the video of a completed generation, and resumes an interrupted download.</summary>
internal sealed class DownloadCommand : Command
{
    private readonly Argument<string> id = new Argument<string>("id") { Description = "The id of the generation. Write -- before an id that begins with a dash." }.NotEmpty();

    public DownloadCommand(Terminal terminal, SharedOptions shared)
        : base("download", "Save the video of a completed generation; an interrupted download is resumed.")
    {
        Add(id);
        var files = new FileOptions(this);
        SetAction(async (parsed, cancellationToken) =>
        {
            var target = files.Read(parsed, parsed.GetRequiredValue(id));
            using var client = shared.Open(parsed);
            var generation = await client.GetAsync(parsed.GetRequiredValue(id), cancellationToken);
            if (generation.Status.IsFailed)
                throw new WanGenerationFailedException(generation);
            if (generation.Status.IsPending)
                throw new UnfinishedException(generation, $"Generation '{generation.Id}' is {generation.Status}; there is no video yet.");
            var (_, saved) = await terminal.Display.ShowAsync(
                observer => new WaitAndDownload(client, PollingOptions.Default, target, observer).RunAsync(generation, cancellationToken));
            new Result(terminal, parsed.GetValue(shared.Json)).Write(generation, saved);
            return (int)ExitCode.Done;
        });
    }
}
