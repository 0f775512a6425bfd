namespace Wan27.Sdk;

/// <summary>Represents how a video is downloaded.</summary>
public sealed record DownloadOptions
{
    /// <summary>Gets a value indicating whether an existing file is replaced, when the new file is complete.</summary>
    /// <value>The default is false, and an existing file is an error.</value>
    public bool Overwrite { get; init; }

    /// <summary>Gets the largest accepted size in bytes.</summary>
    /// <value>More than 0. The default is 4 GiB.</value>
    public long MaxBytes { get; init; } = 4L * 1024 * 1024 * 1024;

    /// <summary>Gets the expected SHA-256 digest of the file, as 64 hexadecimal digits.</summary>
    /// <value>The default is null, and the digest is not checked.</value>
    public string? Sha256 { get; init; }

    /// <summary>Gets what receives the progress, at most ten times a second and once at the end.</summary>
    /// <value>The default is null.</value>
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
