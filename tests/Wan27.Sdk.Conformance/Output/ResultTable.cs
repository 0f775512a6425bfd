using System.Text.Json;
using Spectre.Console;
using Wan27.Sdk.Conformance.Statements;

namespace Wan27.Sdk.Conformance.Output;

/// <summary>Prints the statements, and what the emulator and the service did.</summary>
internal static class ResultTable
{
    public static void Print(IAnsiConsole console, IReadOnlyList<Row> rows)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("", "id", "statement", "source", "cost", "emulator", "service");
        foreach (var row in rows)
        {
            table.AddRow(
                Markup.Escape(row.Differs ? "differs" : row.Fails ? "fails" : ""),
                Markup.Escape(row.Statement.Id),
                Markup.Escape(row.Statement.Text),
                Name(row.Statement.Certainty),
                Name(row.Statement.Cost),
                Describe(row.Emulator),
                Describe(row.Service));
        }

        console.Write(table);
        console.WriteLine(Summarize(rows));
    }

    /// <summary>Returns the row of the table in the documentation.</summary>
    public static string Describe(Statement statement) =>
        $"| `{statement.Id}` | {statement.Text} | {Name(statement.Certainty)} | {Name(statement.Cost)} |";

    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    private static string Summarize(IReadOnlyList<Row> rows)
    {
        var (emulator, service) = (Count(rows, row => row.Emulator), Count(rows, row => row.Service));
        return $"{rows.Count} statements: {emulator} on the emulator, {service} on the service; {rows.Count(row => row.Differs)} differ.";
    }

    private static string Count(IReadOnlyList<Row> rows, Func<Row, Observation> party)
    {
        var outcomes = rows.Select(row => party(row).Outcome).ToLookup(outcome => outcome);
        return FormattableString.Invariant(
            $"{outcomes[Outcome.Holds].Count()} hold, {outcomes[Outcome.Fails].Count()} fail and {outcomes[Outcome.NotRun].Count()} were not run");
    }

    private static string Describe(Observation observation)
    {
        var detail = observation.Detail is { Length: > 0 } text ? $" ({text})" : "";
        return Markup.Escape(observation.Outcome switch
        {
            Outcome.Holds => $"{observation.Value}{detail}",
            Outcome.Fails => $"FAILS: {observation.Value}{detail}",
            _ when observation == Observation.NoKey => "not run",
            _ => $"not run: {observation.Value}",
        });
    }
}
