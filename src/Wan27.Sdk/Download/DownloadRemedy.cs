namespace Wan27.Sdk.Download;

/// <summary>What may help after a fault.</summary>
internal enum DownloadRemedy
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The same again, from where it broke off.</summary>
    Retry,

    /// <summary>The file from its first byte: what we have of it is of another one.</summary>
    Restart,

    /// <summary>The task must be asked for an address that is still good.</summary>
    FreshAddress,
}
