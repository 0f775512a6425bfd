using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Searches for the generation of a submission whose response was lost.</summary>
internal sealed class RecoverCommand : Command
{
    private readonly Argument<string> id =
        new Argument<string>("client-request-id") { Description = "The client request id of the submission, as printed by `generate` or given with --id." }.NotEmpty();

    public RecoverCommand(Terminal terminal, SharedOptions shared)
        : base("recover", "Find the generation of a submission whose response was lost.")
    {
        Add(id);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var client = shared.Open(parsed);
            var found = await FindAsync(client, parsed.GetRequiredValue(id), cancellationToken);
            if (parsed.GetValue(shared.Json))
                terminal.Out.WriteLine(Report.Json(found.Select(generation => Report.From(generation))));
            else if (found.Count > 0)
                terminal.Out.WriteLine(string.Join(Environment.NewLine, found.Select(generation => $"{generation.Id}  {generation.Status}")));
            if (found.Count == 0)
                terminal.Error.WriteLine("wan27: The service's log does not contain this client request id. The log may be delayed, so that this is not proof: search again later.");
            return (int)(found.Count == 0 ? ExitCode.Unknown : ExitCode.Done);
        });
    }

    /// <exception cref="UnknownOutcomeException">The log was not read completely.</exception>
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
            throw new UnknownOutcomeException(id, e);
        }
    }
}
