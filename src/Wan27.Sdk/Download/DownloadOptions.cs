namespace Wan27.Sdk;

/// <summary>How a video is fetched.</summary>
public sealed record DownloadOptions
{
    /// <summary>Whether a file that exists under the target's name is replaced, at the very end and whole. Default: false, which makes it an error.</summary>
    public bool Overwrite { get; init; }

    /// <summary>The largest file accepted, in bytes. More than zero; default: 4 GiB.</summary>
    public long MaxBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Who is told how far the download is. Default: nobody.</summary>
    public IProgress<DownloadProgress>? Progress { get; init; }
}
