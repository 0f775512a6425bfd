namespace Wan27.Sdk;

/// <summary>The request was not sent, and nothing was spent: it breaks at least one documented limit.</summary>
public sealed class WanValidationException : WanException
{
    /// <summary>Makes the exception from all that is wrong.</summary>
    /// <param name="problems">Every problem found, at least one.</param>
    public WanValidationException(IReadOnlyList<RequestProblem> problems)
        : base(Describe(problems)) => Problems = problems;

    /// <summary>Every problem found: first of what all requests have in common, then of this kind.</summary>
    public IReadOnlyList<RequestProblem> Problems { get; }

    private static string Describe(IReadOnlyList<RequestProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return "The request was not sent: " + string.Join("; ", problems.Select(p => $"{p.Member}: {p.Message}")) + ".";
    }
}
