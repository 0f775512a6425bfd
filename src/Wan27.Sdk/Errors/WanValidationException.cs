namespace Wan27.Sdk;

/// <summary>
/// The request was not sent, or not completely, and nothing was charged: it breaks a documented limit, its local media cannot be used, or it does not fit
/// into the budget.
/// </summary>
public sealed class WanValidationException : WanException
{
    /// <summary>Initializes a new instance of the <see cref="WanValidationException"/> class.</summary>
    /// <param name="problems">All problems, at least one.</param>
    public WanValidationException(IReadOnlyList<RequestProblem> problems)
        : this(Describe(problems), problems, null)
    {
    }

    private WanValidationException(string message, IReadOnlyList<RequestProblem> problems, Exception? innerException)
        : base(message, innerException) => Problems = problems;

    /// <summary>Gets all problems: those of every request first, then those of this type of request.</summary>
    public IReadOnlyList<RequestProblem> Problems { get; }

    /// <summary>Gets a value indicating whether the request does not fit into <see cref="WanVideoClientOptions.Budget"/>, or its price is unknown and the budget has no fallback price.</summary>
    public bool IsBudgetExceeded { get; init; }

    /// <summary>Gets what the request would cost, in US dollars.</summary>
    /// <value>The price; null if it is unknown, or if the budget is not the problem.</value>
    public decimal? PriceUsd { get; init; }

    /// <summary>Gets what was left of the budget, in US dollars.</summary>
    /// <value>The amount; null if the budget is not the problem.</value>
    public decimal? RemainingUsd { get; init; }

    /// <summary>Gets a value indicating whether local media cannot be read or were changed, so that no complete request was sent.</summary>
    internal bool IsMediaFault { get; private init; }

    /// <summary>Creates the exception for media that cannot be sent.</summary>
    internal static WanValidationException OfMedia(string problem, Exception? innerException = null) =>
        new($"The request was not sent completely: {problem}.", [new RequestProblem("", problem)], innerException) { IsMediaFault = true };

    private static string Describe(IReadOnlyList<RequestProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(problems);
        return $"The request was not sent: {string.Join("; ", problems.Select(problem => $"{problem.Member}: {problem.Message}"))}.";
    }
}
