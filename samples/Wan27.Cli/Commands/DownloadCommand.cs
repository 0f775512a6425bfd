using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Saves the video of a task that is complete; begun before, it goes on where it ended.</summary>
internal sealed class DownloadCommand : Command
{
    private readonly Argument<string> id = new Argument<string>("id") { Description = "The task's id. One that begins with a dash goes after --." }.Filled();

    public DownloadCommand(Terminal terminal, SharedOptions shared)
        : base("download", "Save the video of a task that is complete; a download that broke off is resumed.")
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
                watcher => new Finish(client, PollingOptions.Default, target, watcher).RunAsync(generation, cancellationToken));
            new Result(terminal, parsed.GetValue(shared.Json)).Tell(generation, saved);
            return (int)ExitCode.Done;
        });
    }
}
