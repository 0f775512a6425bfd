namespace Wan27.Sdk.Storage;

/// <summary>Amounts in millionths of a US dollar, which every database adds exactly.</summary>
internal static class Amounts
{
    private const decimal MicrosPerUsd = 1_000_000m;

    // As much as the client takes for a price, so that thousands of them fit into a sum.
    private const decimal MaxUsd = 1_000_000_000m;

    /// <summary>What is spent is rounded up, so that a sum is never less than what was charged.</summary>
    public static long? OfPrice(decimal? usd) => usd is { } amount ? (long)Math.Ceiling(Math.Min(amount, MaxUsd) * MicrosPerUsd) : null;

    /// <summary>A limit is rounded down.</summary>
    public static long OfLimit(decimal usd) => (long)Math.Floor(Math.Min(usd, MaxUsd) * MicrosPerUsd);

    public static decimal? ToUsd(long? micros) => micros / MicrosPerUsd;

    public static decimal ToUsd(long micros) => micros / MicrosPerUsd;
}
