namespace Wan27.Cli.Commands;

/// <summary>One row of the price table.</summary>
internal sealed record PriceRow(string Model, string Resolution, int Seconds, decimal? Usd, DateTimeOffset? AsOf, string? Reason)
{
    public static PriceRow From(string model, VideoResolution resolution, VideoDuration duration, GenerationCost cost) =>
        new(model, resolution.Value, duration.Seconds, cost.Usd, cost.AsOf, cost.Reason);

    public override string ToString() => FormattableString.Invariant(
        $"{Model}  {Resolution,-5}  {Seconds,2} s  {(Usd is { } usd ? FormattableString.Invariant($"{usd,7:0.00##} USD") : $"unknown: {Reason}")}");
}
