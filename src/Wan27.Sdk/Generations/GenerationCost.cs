using System.Collections.ObjectModel;
using System.Text.Json;

namespace Wan27.Sdk;

/// <summary>What a video costs, and how certain that is. An amount that nobody told is null and never 0.</summary>
public sealed record GenerationCost
{
    internal const string FromPriceList = "price list";
    internal const string FromAnswer = "answer";
    internal const string FromHeader = "header";
    internal const string FromLog = "log";

    // As the vendor's own answers show.
    private const decimal CreditsPerUsd = 2_000_000m;

    // More than any task costs: what is said to be more is an error, and would make sums overflow.
    private const decimal LargestUsd = 1_000_000_000m;

    /// <summary>How certain the amount is.</summary>
    public CostStatus Status { get; init; }

    /// <summary>
    /// Who told the amount: <c>price list</c>, <c>answer</c>, <c>header</c> (of an answer whose body told nothing) or <c>log</c>; null when nobody did.
    /// </summary>
    public string? Source { get; init; }

    /// <summary>US dollars; null when not told, and when told to be more than 1,000,000,000, which is taken for an error.</summary>
    public decimal? Usd { get; init; }

    /// <summary>Credits; 2,000,000 are one US dollar. Null when not told.</summary>
    public decimal? Credits { get; init; }

    /// <summary>Tokens; null when not told.</summary>
    public decimal? Tokens { get; init; }

    /// <summary>When the price list was read that an estimate comes from, or found wanting, by the client's clock; null for what was told of a task.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Why the amount is not known, or that the log is late; null when it is known, and while the task goes on.</summary>
    public string? Reason { get; init; }

    /// <summary>Every field of the task's usage that this library does not know, as it came.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Whether somebody told an amount that can be one. The service writes 0 where it has none yet, so 0 tells nothing.</summary>
    internal bool IsTold => ToldUsd is not null;

    private decimal? ToldUsd => (Usd ?? (Credits / CreditsPerUsd)) is { } told && IsAmount(told) ? told : null;

    /// <summary>Whether a number of US dollars can be a price: at least one credit, and less than what would make sums overflow.</summary>
    internal static bool IsAmount(decimal usd) => usd is >= 1 / CreditsPerUsd and <= LargestUsd;

    /// <summary>The amount and its certainty, as the status.</summary>
    public override string ToString() => Usd is { } usd
        ? FormattableString.Invariant($"{usd:0.######} USD ({Status})")
        : $"{Status}{(Reason is null ? "" : $": {Reason}")}";

    internal static GenerationCost Unknown(string reason) => new() { Reason = reason };

    /// <summary>What was told of a task, in the light of where the task stands.</summary>
    internal static GenerationCost Of(GenerationStatus status, GenerationCost? told)
    {
        var cost = (told ?? new GenerationCost()) with { Usd = told?.ToldUsd, Source = told is { IsTold: true } ? told.Source : null, Status = CostStatus.Unknown };
        if (status.IsPending)
            return cost with { Status = CostStatus.Pending };
        if (status.IsFailed)
        {
            return cost.Usd is null
                ? cost with { Status = CostStatus.Actual, Usd = 0, Source = FromAnswer }
                : cost with { Usd = null, Reason = "a failed task is not charged, and yet its answer tells an amount" };
        }

        return cost.Usd is null
            ? cost with { Reason = $"no answer told it; GetCostAsync asks the service's log" }
            : cost with { Status = CostStatus.Actual };
    }
}
