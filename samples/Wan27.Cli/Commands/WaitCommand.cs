using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Waits for a task from a bare id, also one of last week's, and saves its video.</summary>
internal sealed class WaitCommand : Command
{
    private readonly Argument<string> id = Ids.Argument("id", "The task's id. One that begins with a dash goes after --.");

    public WaitCommand(Terminal terminal, SharedOptions shared)
        : base("wait", "Wait for a task and save its video.")
    {
        Add(id);
        var files = new FileOptions(this);
        var waits = new WaitOptions(this);
        SetAction(async (parsed, cancellationToken) =>
        {
            var (polling, file) = (waits.Read(parsed), files.Read(parsed));
            using var client = shared.Open(parsed, polling);
            var accepted = new VideoGeneration { Id = parsed.GetRequiredValue(id) };
            var (generation, saved) = await terminal.Display.ShowAsync(
                watcher => new Finish(client, polling, parsed.GetValue(files.Overwrite), watcher).RunAsync(accepted, file, cancellationToken));
            new Result(terminal, parsed.GetValue(shared.Json)).Tell(generation, saved);
            return (int)ExitCode.Done;
        });
    }
}
