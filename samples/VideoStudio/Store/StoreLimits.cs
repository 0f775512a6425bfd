namespace VideoStudio.Store;

internal static class StoreLimits
{
    /// <summary>The largest number of records that a page shows.</summary>
    public const int Listed = 1_000;
}
