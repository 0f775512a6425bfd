namespace Wan27.Sdk.Download;

/// <summary>A file that bears its final name only when it is whole: written beside the target, flushed to the disk, then renamed.</summary>
internal sealed class PartFile : IAsyncDisposable
{
    private readonly string target;
    private readonly string path;
    private readonly bool overwrite;
    private readonly FileStream stream;

    private PartFile(string target, string path, bool overwrite, FileStream stream)
    {
        this.target = target;
        this.path = path;
        this.overwrite = overwrite;
        this.stream = stream;
    }

    public FileStream Stream => stream;

    /// <exception cref="IOException">The target exists and may not be replaced, is a link or a directory, or cannot be written beside.</exception>
    public static PartFile Create(string target, bool overwrite)
    {
        var full = Path.GetFullPath(target);
        ThrowIfUnfit(full, overwrite);
        var path = full + ".part";
        if (new FileInfo(path).LinkTarget is not null)
            throw new IOException($"'{path}' is a symbolic link, which is not followed.");
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new PartFile(full, path, overwrite, new FileStream(path, options));
    }

    /// <summary>Gives the file its final name.</summary>
    public async Task CompleteAsync()
    {
        stream.Flush(flushToDisk: true);
        await stream.DisposeAsync().ConfigureAwait(false);
        ThrowIfUnfit(target, overwrite);
        File.Move(path, target, overwrite);
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private static void ThrowIfUnfit(string target, bool overwrite)
    {
        if (Directory.Exists(target))
            throw new IOException($"'{target}' is a directory.");
        if (new FileInfo(target).LinkTarget is not null)
            throw new IOException($"'{target}' is a symbolic link, which is not followed.");
        if (!overwrite && File.Exists(target))
            throw new IOException($"'{target}' exists; set {nameof(DownloadOptions)}.{nameof(DownloadOptions.Overwrite)} to replace it.");
    }
}
