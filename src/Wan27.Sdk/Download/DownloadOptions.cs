namespace Wan27.Sdk;

/// <summary>How a video is fetched.</summary>
public sealed record DownloadOptions
{
    /// <summary>Whether a file that exists under the target's name is replaced, at the very end and whole. Default: false, which makes it an error.</summary>
    public bool Overwrite { get; init; }

    /// <summary>The largest file accepted, in bytes. More than zero; default: 4 GiB.</summary>
    public long MaxBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>The SHA-256 digest that the file must have, as 64 hexadecimal digits. Default: not checked.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Who is told how far the download is, at most ten times a second and once at the end. Default: nobody.</summary>
    public IProgress<TransferProgress>? Progress { get; init; }

    /// <exception cref="ArgumentException">A value is outside its range.</exception>
    internal void ThrowIfInvalid()
    {
        if (MaxBytes <= 0)
            throw new ArgumentException($"{nameof(DownloadOptions)}.{nameof(MaxBytes)} is {MaxBytes}; it must be more than 0.");
        if (Sha256 is not null && (Sha256.Length != 64 || !Sha256.All(char.IsAsciiHexDigit)))
            throw new ArgumentException($"{nameof(DownloadOptions)}.{nameof(Sha256)} has {Sha256.Length} characters; it must be 64 hexadecimal digits.");
    }
}
