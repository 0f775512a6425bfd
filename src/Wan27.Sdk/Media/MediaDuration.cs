namespace Wan27.Sdk.Media;

/// <summary>Creates durations from what a file claims.</summary>
internal static class MediaDuration
{
    /// <summary>Returns a duration in seconds, however absurd.</summary>
    public static TimeSpan FromSeconds(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2));
}
