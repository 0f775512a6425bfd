namespace Wan27.Sdk.Conformance.Statements;

/// <summary>What one party did.</summary>
/// <param name="Outcome">Whether the statement holds.</param>
/// <param name="Value">A short text, which is compared between the parties. For a statement that was not run, it is the reason.</param>
/// <param name="Detail">What is printed but not compared, such as a duration.</param>
internal sealed record Observation(Outcome Outcome, string Value, string? Detail = null)
{
    /// <summary>Gets the observation of a service for which there is no key.</summary>
    public static Observation NoKey { get; } = NotRun("no key");

    public static Observation Of(bool holds, string value, string? detail = null) =>
        new(holds ? Outcome.Holds : Outcome.Fails, value, detail);

    public static Observation NotRun(string reason) => new(Outcome.NotRun, reason);
}
