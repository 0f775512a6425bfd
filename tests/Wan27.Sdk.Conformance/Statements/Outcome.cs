namespace Wan27.Sdk.Conformance.Statements;

internal enum Outcome
{
    Holds,
    Fails,
    NotRun,
}
