using System.Reflection;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>The committed table matches the tests.</summary>
public class FaultTableTests
{
    /// <summary>The environment variable with the path to write the table to.</summary>
    private const string Target = "WAN27_FAULT_TABLE";

    [Fact]
    public async Task The_table_in_the_repository_matches_the_tests()
    {
        if (Environment.GetEnvironmentVariable(Target) is { Length: > 0 } path)
            await File.WriteAllTextAsync(path, FaultTable.Text, TestContext.Current.CancellationToken);
        else
            path = Path.Combine(AppContext.BaseDirectory, "Faults", "Faults.md");

        var committed = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);

        Assert.True(
            committed.ReplaceLineEndings("\n") == FaultTable.Text.ReplaceLineEndings("\n"),
            $"The table is not up to date: run this test with the environment variable {Target} set to its full path.");
    }

    [Fact]
    public void Each_row_is_a_test_with_a_number_of_its_own()
    {
        Assert.InRange(FaultTable.Rows.Count, 52, int.MaxValue);
        Assert.Equal(Enumerable.Range(1, FaultTable.Rows.Count), FaultTable.Rows.Select(row => row.Fault.Number));
        Assert.Equal(FaultTable.Rows.Count, FaultTable.Rows.Select(row => row.Test.Name).Distinct().Count());
        Assert.All(FaultTable.Rows, row => Assert.True(
            row.Test.GetCustomAttributes<FactAttribute>(inherit: true).Any(), $"{row.Test.Name} is no test."));
    }
}
