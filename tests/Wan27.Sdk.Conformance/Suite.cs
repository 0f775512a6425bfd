using Wan27.Sdk.Conformance.Statements;
using Wan27.Sdk.Conformance.Targets;

namespace Wan27.Sdk.Conformance;

/// <summary>Runs the statements against one party, one after the other.</summary>
internal static class Suite
{
    public static async Task<IReadOnlyDictionary<string, Observation>> RunAsync(
        Session session, IReadOnlyList<Statement> statements, Action<Statement> onStart, CancellationToken cancellationToken)
    {
        var observations = new Dictionary<string, Observation>(StringComparer.Ordinal);
        foreach (var statement in statements)
        {
            onStart(statement);
            observations.Add(statement.Id, await CheckAsync(session, statement, cancellationToken));
        }

        return observations;
    }

    private static async Task<Observation> CheckAsync(Session session, Statement statement, CancellationToken cancellationToken)
    {
        try
        {
            return await statement.CheckAsync(session, cancellationToken);
        }
        catch (NotRunException e)
        {
            return Observation.NotRun(e.Message);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The messages of the client are made to be printed; others can quote anything.
            return new Observation(Outcome.Fails, e.GetType().Name, e is WanException ? e.Message : null);
        }
    }
}
