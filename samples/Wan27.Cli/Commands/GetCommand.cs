using System.CommandLine;
using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Reads a generation once.</summary>
internal sealed class GetCommand : Command
{
    private readonly Argument<string> id = new Argument<string>("id") { Description = "The id of the generation. Write -- before an id that begins with a dash." }.NotEmpty();

    public GetCommand(Terminal terminal, SharedOptions shared)
        : base("get", "Read a generation once: its status and its cost.")
    {
        Add(id);
        SetAction(async (parsed, cancellationToken) =>
        {
            using var client = shared.Open(parsed);
            var generation = await client.GetAsync(parsed.GetRequiredValue(id), cancellationToken);
            if (!generation.Cost.IsFinal && generation.Status.IsSucceeded)
                generation = generation with { Cost = await client.GetCostAsync(generation, cancellationToken) };
            terminal.Out.WriteLine(parsed.GetValue(shared.Json)
                ? Report.Json(Report.From(generation))
                : $"{generation.Id}  {generation.Status}  cost: {generation.Cost}{(generation.Error is { } error && generation.Status.IsFailed ? $"  {error}" : "")}");
            return (int)ExitCode.Done;
        });
    }
}
