using Wan27.Sdk.Conformance.Statements;

namespace Wan27.Sdk.Conformance.Output;

/// <summary>A statement and what both parties did.</summary>
internal sealed record Row(Statement Statement, Observation Emulator, Observation Service)
{
    /// <summary>Gets a value indicating whether both parties were observed and did not do the same.</summary>
    public bool Differs => Emulator.Outcome != Outcome.NotRun && Service.Outcome != Outcome.NotRun
        && (Emulator.Outcome != Service.Outcome || Emulator.Value != Service.Value);

    public bool Fails => Emulator.Outcome == Outcome.Fails || Service.Outcome == Outcome.Fails;
}
