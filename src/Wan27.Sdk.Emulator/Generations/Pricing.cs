namespace Wan27.Sdk.Emulator.Generations;

/// <summary>
/// Calculates the cost of a video. 10 seconds of 1080p cost $1.95, as in the service's own responses. The price of 720p is
/// an assumption.
/// </summary>
internal static class Pricing
{
    public const decimal Usd720pPerSecond = 0.13m;
    public const decimal Usd1080pPerSecond = 0.195m;

    private const decimal UsdPerOtherVideo = 0.5m;
    private const decimal UsdPerTurboVideo = 0.2m;

    private const decimal CreditsPerUsd = 2_000_000m;

    public static decimal CalculateUsd(string resolution, int seconds) =>
        seconds * (resolution == "720p" ? Usd720pPerSecond : Usd1080pPerSecond);

    /// <summary>Returns the price of a video of any other model: an assumption.</summary>
    public static decimal GetUsdPerOtherVideo(string model) =>
        model.EndsWith("-turbo", StringComparison.Ordinal) ? UsdPerTurboVideo : UsdPerOtherVideo;

    public static long ToCredits(decimal usd) => (long)(usd * CreditsPerUsd);
}
