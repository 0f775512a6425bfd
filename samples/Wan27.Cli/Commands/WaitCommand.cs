using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Waits for a task from a bare id, also one of last week's, and saves its video.</summary>
internal sealed class WaitCommand : Command
{
    private readonly Argument<string> id = new Argument<string>("id") { Description = "The task's id. One that begins with a dash goes after --." }.Filled();

    public WaitCommand(Terminal terminal, SharedOptions shared)
        : base("wait", "Wait for a task and save its video.")
    {
        Add(id);
        var files = new FileOptions(this);
        var waits = new WaitOptions(this);
        SetAction(async (parsed, cancellationToken) =>
        {
            var accepted = new VideoGeneration { Id = parsed.GetRequiredValue(id) };
            var (polling, target) = (waits.Read(parsed), files.Read(parsed, accepted.Id));
            using var client = shared.Open(parsed, polling);
            var (generation, saved) = await terminal.Display.ShowAsync(
                watcher => new Finish(client, polling, target, watcher).RunAsync(accepted, cancellationToken));
            new Result(terminal, parsed.GetValue(shared.Json)).Tell(generation, saved);
            return (int)ExitCode.Done;
        });
    }
}
