using Wan27.Sdk.Conformance.Targets;

namespace Wan27.Sdk.Conformance.Statements;

/// <summary>A statement about the API that can be checked.</summary>
/// <param name="Id">The id, which does not change.</param>
/// <param name="Text">The statement, as a sentence.</param>
/// <param name="Certainty">How certain it is before it is run.</param>
/// <param name="Cost">What it costs to run it.</param>
/// <param name="CheckAsync">Runs it.</param>
internal sealed record Statement(
    string Id, string Text, Certainty Certainty, StatementCost Cost, Func<Session, CancellationToken, Task<Observation>> CheckAsync)
{
    public static Statement Free(
        string id, string text, Certainty certainty, Func<Session, CancellationToken, Task<Observation>> check) =>
        new(id, text, certainty, StatementCost.Free, check);

    /// <summary>A statement about a submission that the service must refuse.</summary>
    public static Statement Refused(
        string id, string text, Certainty certainty, Func<Session, CancellationToken, Task<Observation>> check) =>
        new(id, text, certainty, StatementCost.Refused, check);

    /// <summary>A statement about the generation that the run pays for.</summary>
    public static Statement Paid(string id, string text, Certainty certainty, Func<PaidGeneration, Observation> check) =>
        new(id, text, certainty, StatementCost.Paid, async (session, cancellationToken) =>
            check(await session.GetPaidGenerationAsync(cancellationToken)));

    /// <summary>A statement about a second generation that the run pays for.</summary>
    public static Statement PaidTwice(string id, string text, Certainty certainty, Func<RepeatedSubmission, Observation> check) =>
        new(id, text, certainty, StatementCost.Paid, async (session, cancellationToken) =>
            check(await session.GetRepeatedSubmissionAsync(cancellationToken)));
}
