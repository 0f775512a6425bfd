namespace Wan27.Sdk.EmulatorTests.Campaign;

/// <summary>Campaigns run at a fiftieth of their size, and complete if the environment variable <c>WAN27_CAMPAIGNS</c> is <c>whole</c>.</summary>
internal static class CampaignSize
{
    private const int Divisor = 50;

    public static bool IsWhole { get; } = Environment.GetEnvironmentVariable("WAN27_CAMPAIGNS") == "whole";

    public static int Of(int whole, int divisor = Divisor) => IsWhole ? whole : Math.Max(1, whole / divisor);
}
