using System.Collections.ObjectModel;
using System.Text.Json;

namespace Wan27.Sdk;

/// <summary>Represents what a generation costs. An amount that is not known is null, never 0.</summary>
public sealed record GenerationCost
{
    internal const string FromPriceList = "price list";
    internal const string FromResponse = "answer";
    internal const string FromHeader = "header";
    internal const string FromLog = "log";

    // As the responses of the service show.
    private const decimal CreditsPerUsd = 2_000_000m;

    // More than any generation costs: a higher amount is an error, and could make sums overflow.
    private const decimal MaxUsd = 1_000_000_000m;

    /// <summary>Gets a value indicating whether this is the price of a request that was not sent, from the service's price list.</summary>
    public bool IsEstimate => Source == FromPriceList;

    /// <summary>Gets a value indicating whether the amount is what was charged and will not change. A failed generation is not charged.</summary>
    /// <value>False for an estimate, while the generation is in progress, and if the amount is not known (yet).</value>
    public bool IsFinal { get; init; }

    /// <summary>Gets where the amount comes from: <c>price list</c>, <c>answer</c>, <c>header</c> (if the body of the response had none) or <c>log</c>.</summary>
    /// <value>The source; null if the amount is not known.</value>
    public string? Source { get; init; }

    /// <summary>Gets the amount in US dollars.</summary>
    /// <value>The amount, at most 1,000,000,000; null if it is not known.</value>
    public decimal? Usd { get; init; }

    /// <summary>Gets the amount in credits, of which 2,000,000 are one US dollar.</summary>
    /// <value>The credits; null if they are not known.</value>
    public decimal? Credits { get; init; }

    /// <summary>Gets the tokens.</summary>
    /// <value>The tokens; null if they are not known.</value>
    public decimal? Tokens { get; init; }

    /// <summary>Gets when the price list was read, by the client's clock.</summary>
    /// <value>The time of an estimate, or of the attempt at one; otherwise null.</value>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Gets why the amount is not known.</summary>
    /// <value>The reason; null if the amount is known, or the generation is in progress.</value>
    public string? Reason { get; init; }

    /// <summary>Gets the fields of the generation's usage that this library does not know.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Gets a cost of which nothing is known.</summary>
    internal static GenerationCost None { get; } = new();

    /// <summary>Gets a value indicating whether the service gave a plausible amount. It writes 0 as long as it has none.</summary>
    internal bool HasAmount => Amount is not null;

    private decimal? Amount => (Usd ?? (Credits / CreditsPerUsd)) is { } usd && IsAmount(usd) ? usd : null;

    /// <summary>Returns whether a number of US dollars can be a price: at least one credit, and not so much that sums could overflow.</summary>
    internal static bool IsAmount(decimal usd) => usd is >= 1 / CreditsPerUsd and <= MaxUsd;

    /// <summary>Returns the amount and its certainty.</summary>
    public override string ToString() => Usd is { } usd
        ? FormattableString.Invariant($"{usd:0.######} USD ({(IsFinal ? "final" : IsEstimate ? "estimate" : "not final")})")
        : $"unknown{(Reason is null ? "" : $": {Reason}")}";

    internal static GenerationCost Unknown(string reason) => new() { Reason = reason };

    /// <summary>Interprets what a response contains about the cost of a generation with a certain status.</summary>
    internal static GenerationCost Of(GenerationStatus status, GenerationCost? written)
    {
        var cost = written is null ? None : written with { Usd = written.Amount, Source = written.HasAmount ? written.Source : null };
        if (status.IsPending)
            return cost;
        if (status.IsFailed)
        {
            return cost.Usd is null
                ? cost with { IsFinal = true, Usd = 0, Source = FromResponse }
                : cost with { Usd = null, Reason = "a failed generation is not charged, but its response contains an amount" };
        }

        return cost.Usd is null
            ? cost with { Reason = "no response contains it; the service's log may contain it" }
            : cost with { IsFinal = true };
    }
}
