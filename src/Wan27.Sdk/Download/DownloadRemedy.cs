namespace Wan27.Sdk.Download;

/// <summary>What may help after a fault.</summary>
internal enum DownloadRemedy
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The same again, from where it broke off.</summary>
    Retry,

    /// <summary>Download the file from its first byte: the existing bytes are of another file.</summary>
    Restart,

    /// <summary>Read the generation again for an address that has not expired.</summary>
    FreshAddress,
}
