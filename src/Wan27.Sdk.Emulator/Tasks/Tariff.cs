namespace Wan27.Sdk.Emulator.Tasks;

/// <summary>What a video costs. 1080p for 10 s is the $1.95 that the service's own answers show; 720p is ours to choose.</summary>
internal static class Tariff
{
    public const decimal Usd720pPerSecond = 0.13m;
    public const decimal Usd1080pPerSecond = 0.195m;
    private const decimal CreditsPerUsd = 2_000_000m;

    public static decimal Usd(string resolution, int seconds) =>
        seconds * (resolution == "720p" ? Usd720pPerSecond : Usd1080pPerSecond);

    public static long Credits(decimal usd) => (long)(usd * CreditsPerUsd);
}
