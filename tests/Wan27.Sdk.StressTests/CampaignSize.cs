namespace Wan27.Sdk.StressTests;

/// <summary>Campaigns run at a fiftieth of their size, and complete if the environment variable <c>WAN27_CAMPAIGNS</c> is <c>whole</c>.</summary>
internal static class CampaignSize
{
    private const int Divisor = 50;

    public static bool IsFullSize { get; } = Environment.GetEnvironmentVariable("WAN27_CAMPAIGNS") == "whole";

    public static int Of(int full, int divisor = Divisor) => IsFullSize ? full : Math.Max(1, full / divisor);
}
