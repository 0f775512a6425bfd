using System.Text.RegularExpressions;
using Wan27.Sdk.Conformance.Output;
using Wan27.Sdk.Conformance.Statements;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Conformance;

/// <summary>The statements, their page, and the workflow that runs them on the service.</summary>
public sealed partial class CatalogTests
{
    [Fact]
    public void Each_statement_has_an_id_of_its_own_and_is_a_sentence()
    {
        Assert.Equal(Catalog.All.Count, Catalog.All.DistinctBy(statement => statement.Id).Count());
        Assert.All(Catalog.All, statement => Assert.Matches("^[a-z]+(\\.[a-z0-9-]+)+$", statement.Id));
        Assert.All(Catalog.All, statement => Assert.Matches("^[A-Zx0-9i].*\\.$", statement.Text));
    }

    [Fact]
    public void What_is_free_is_run_first_and_what_is_paid_last() =>
        Assert.Equal(Catalog.All.OrderBy(statement => statement.Cost), Catalog.All);

    [Fact]
    public void The_page_lists_every_statement()
    {
        var page = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Readme", "conformance.md"));

        Assert.Equal(
            Catalog.All.Select(ResultTable.Describe),
            page.SkipWhile(line => line != "## Statements").Where(line => line.StartsWith("| `", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_workflow_needs_an_approval_and_stays_below_a_dollar()
    {
        var workflow = File.ReadAllText(WorkflowPath("conformance.yml")).ReplaceLineEndings("\n");

        Assert.Contains("\n    environment: conformance\n", workflow, StringComparison.Ordinal);
        Assert.Contains("--yes --max-cost 1 --json", workflow, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(workflow, "secrets\\."));
        Assert.DoesNotContain("\n  push:", workflow, StringComparison.Ordinal);
        Assert.DoesNotContain("pull_request", workflow, StringComparison.Ordinal);
        Assert.Contains("\npermissions:\n  contents: read\n", workflow, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_action_of_every_workflow_is_pinned_to_a_commit()
    {
        var lines = Directory.GetFiles(WorkflowPath(""), "*.yml").SelectMany(File.ReadAllLines);
        var uses = lines.Where(line => line.Contains("uses:", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(uses);
        Assert.All(uses, line => Assert.Matches(PinnedAction(), line));
    }

    private static string WorkflowPath(string name) => Path.Combine(AppContext.BaseDirectory, "Workflows", name);

    [GeneratedRegex("uses: [A-Za-z0-9-]+/[A-Za-z0-9/_-]+@[0-9a-f]{40} # v")]
    private static partial Regex PinnedAction();
}
