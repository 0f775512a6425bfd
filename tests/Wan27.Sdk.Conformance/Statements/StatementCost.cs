namespace Wan27.Sdk.Conformance.Statements;

/// <summary>What it costs to find out whether a statement holds.</summary>
internal enum StatementCost
{
    /// <summary>Only reads are sent.</summary>
    Free,

    /// <summary>A submission is sent that the service must refuse. It costs money only if the service accepts it.</summary>
    Refused,

    /// <summary>The statement is about a generation that the run pays for. All such statements share it.</summary>
    Paid,
}
