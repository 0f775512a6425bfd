using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Waits for a generation by its id and saves its video, also in a later process.</summary>
internal sealed class WaitCommand : Command
{
    private readonly Argument<string> id = new Argument<string>("id") { Description = "The id of the generation. Write -- before an id that begins with a dash." }.NotEmpty();

    public WaitCommand(Terminal terminal, SharedOptions shared)
        : base("wait", "Wait for a generation and save its video.")
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
                observer => new WaitAndDownload(client, polling, target, observer).RunAsync(accepted, cancellationToken));
            new Result(terminal, parsed.GetValue(shared.Json)).Write(generation, saved);
            return (int)ExitCode.Done;
        });
    }
}
