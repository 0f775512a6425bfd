namespace Wan27.Sdk.Conformance.Statements;

/// <summary>All statements, in the order in which they are run: what is free comes first.</summary>
internal static class Catalog
{
    public static IReadOnlyList<Statement> All { get; } = [.. ReadStatements.All, .. RefusalStatements.All, .. PaidStatements.All];
}
