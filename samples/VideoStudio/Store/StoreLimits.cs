namespace VideoStudio.Store;

internal static class StoreLimits
{
    /// <summary>How many records a page is shown.</summary>
    public const int Listed = 1_000;
}
