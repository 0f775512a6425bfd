using System.Net.Http.Headers;

namespace Wan27.Sdk.Download;

/// <summary>
/// A file that bears its final name only when it is whole: written beside the target as <c>.part</c>, held exclusively, flushed to the disk, then
/// renamed. A mark beside it (<c>.part.tag</c>) says of which file it is the beginning, so that a later process can go on.
/// </summary>
internal sealed class PartFile : IAsyncDisposable
{
    private readonly string target;
    private readonly string path;
    private readonly bool overwrite;

    private PartFile(string target, bool overwrite)
    {
        this.target = target;
        this.overwrite = overwrite;
        path = target + ".part";
        ThrowIfUnfit();
        ThrowIfLink(path);
        ThrowIfLink(MarkPath);
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Stream = new FileStream(path, options);
    }

    public FileStream Stream { get; }

    private string MarkPath => path + ".tag";

    /// <exception cref="IOException">The target exists and may not be replaced, is a link or a directory, or cannot be written beside.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written.</exception>
    public static PartFile Open(string target, bool overwrite) => new(Path.GetFullPath(target), overwrite);

    /// <summary>The tag of the video that the file's bytes are the beginning of; null when that is not known or there are none.</summary>
    public EntityTagHeaderValue? ReadMark(string generationId)
    {
        if (Stream.Length == 0 || !File.Exists(MarkPath))
            return null;
        var lines = File.ReadAllLines(MarkPath);
        return lines is [var id, var tag] && id == generationId && EntityTagHeaderValue.TryParse(tag, out var parsed) && !parsed.IsWeak ? parsed : null;
    }

    /// <summary>Says of which video the bytes to come are; without a tag they are worth nothing to a later process.</summary>
    public void WriteMark(string generationId, EntityTagHeaderValue? tag)
    {
        if (tag is null)
            File.Delete(MarkPath);
        else
            File.WriteAllLines(MarkPath, [generationId, tag.ToString()]);
    }

    public void Restart()
    {
        File.Delete(MarkPath);
        Stream.SetLength(0);
        Stream.Position = 0;
    }

    /// <summary>Gives the file its final name.</summary>
    public async Task CompleteAsync()
    {
        Stream.Flush(flushToDisk: true);
        await Stream.DisposeAsync().ConfigureAwait(false);
        ThrowIfUnfit();
        File.Move(path, target, overwrite);
        File.Delete(MarkPath);
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    private void ThrowIfUnfit()
    {
        if (Directory.Exists(target))
            throw new IOException($"'{target}' is a directory.");
        ThrowIfLink(target);
        if (!overwrite && File.Exists(target))
            throw new IOException($"'{target}' exists; set {nameof(DownloadOptions)}.{nameof(DownloadOptions.Overwrite)} to replace it.");
    }

    private static void ThrowIfLink(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
            throw new IOException($"'{path}' is a symbolic link, which is not followed.");
    }
}
