using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Looks for what became of a submission whose answer was lost.</summary>
internal sealed class RecoverCommand : Command
{
    private readonly Argument<string> id =
        new Argument<string>("client-request-id") { Description = "The id of the submission, as `generate` told it or --id gave it." }.Filled();

    public RecoverCommand(Terminal terminal, SharedOptions shared)
        : base("recover", "Find the task of a submission whose answer was lost.")
    {
        Add(id);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var client = shared.Open(parsed);
            var found = await FindAsync(client, parsed.GetRequiredValue(id), cancellationToken);
            if (parsed.GetValue(shared.Json))
                terminal.Out.WriteLine(Report.Json(found.Select(generation => Report.Of(generation))));
            else if (found.Count > 0)
                terminal.Out.WriteLine(string.Join(Environment.NewLine, found.Select(generation => $"{generation.Id}  {generation.Status}")));
            if (found.Count == 0)
                terminal.Error.WriteLine("wan27: The service's log has no task under this id. That proves nothing, as the log is late: look again.");
            return (int)(found.Count == 0 ? ExitCode.Unknown : ExitCode.Done);
        });
    }

    /// <exception cref="UnlearntException">The log was not read to its end, for whatever reason.</exception>
    private static async Task<IReadOnlyList<VideoGeneration>> FindAsync(WanVideoClient client, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await client.FindGenerationsAsync(id, cancellationToken);
        }
        catch (ArgumentException e)
        {
            throw new UsageException(e.Message);
        }
        catch (Exception e) when (e is WanException or OperationCanceledException)
        {
            throw new UnlearntException(id, e);
        }
    }
}
