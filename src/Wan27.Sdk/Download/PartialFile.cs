using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Wan27.Sdk.Download;

/// <summary>
/// A file that has its final name only when it is complete: written beside the target as <c>.part</c>, held exclusively, flushed to the disk, then
/// renamed. A mark beside it (<c>.part.tag</c>) names the generation and the tag of the video, so that a later process can resume. A file without such a
/// mark is of another program and stays as it is.
/// </summary>
internal sealed class PartialFile : IAsyncDisposable
{
    /// <summary>In a mark: the file host gave no strong tag or date, and nothing can be resumed.</summary>
    private const string NoTag = "-";

    private const int MaxNameLength = 255;

    private readonly string target;
    private readonly string path;
    private readonly string generationId;
    private readonly bool overwrite;
    private string? marked;

    private PartialFile(string target, string generationId, bool overwrite)
    {
        (this.target, this.generationId, this.overwrite) = (target, generationId, overwrite);
        path = PartOf(target);
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
        try
        {
            ThrowIfTaken();
            ThrowIfForeign();
        }
        catch
        {
            Stream.Dispose();
            throw;
        }
    }

    public FileStream Stream { get; }

    private string MarkPath => path + ".tag";

    /// <exception cref="IOException">The target exists and must not be replaced, is a link or a directory, or its folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder must not be written.</exception>
    public static PartialFile Open(string target, string generationId, bool overwrite) => new(Path.GetFullPath(target), generationId, overwrite);

    /// <summary>The tag of the video that the file's bytes are the beginning of; null if that is not known or there are none.</summary>
    public RangeConditionHeaderValue? ReadMark()
    {
        if (Stream.Length == 0 || ReadMarkLines() is not [var id, var text] || id != generationId || text == NoTag)
            return null;
        marked = text;
        return RangeConditionHeaderValue.Parse(text);
    }

    /// <summary>Adds bytes of the video with this tag; without one a later process cannot resume.</summary>
    public void Append(ReadOnlySpan<byte> bytes, RangeConditionHeaderValue? tag)
    {
        var mark = tag?.ToString() ?? NoTag;
        if (mark != marked)
        {
            File.WriteAllLines(MarkPath, [generationId, mark]);
            marked = mark;
        }

        try
        {
            Stream.Write(bytes);
        }
        catch (ArgumentOutOfRangeException e)
        {
            // So .NET reports a file that is longer than the file system or a quota allows.
            throw new IOException($"'{path}' cannot be longer than {Stream.Position} bytes here.", e);
        }
    }

    public void Restart()
    {
        Stream.SetLength(0);
        Stream.Position = 0;
        marked = null;
    }

    /// <summary>Gives the file its final name.</summary>
    public async Task CompleteAsync()
    {
        Stream.Flush(flushToDisk: true);
        // Kept open until it has its name, if that is possible: another download that opened it in between would write into the complete file.
        if (OperatingSystem.IsWindows())
            await Stream.DisposeAsync().ConfigureAwait(false);
        ThrowIfUnfit();
        // The mark was created as any file is, and so has the permissions that the process gives to its files.
        if (!OperatingSystem.IsWindows() && File.Exists(MarkPath))
            File.SetUnixFileMode(Stream.SafeFileHandle, File.GetUnixFileMode(MarkPath));
        File.Move(path, target, overwrite);
        File.Delete(MarkPath);
    }

    public ValueTask DisposeAsync() => Stream.DisposeAsync();

    // A name that leaves no space for the suffixes is replaced by its digest, which a later process finds again.
    private static string PartOf(string target)
    {
        var name = Path.GetFileName(target);
        var length = OperatingSystem.IsWindows() ? name.Length : Encoding.UTF8.GetByteCount(name);
        if (length > MaxNameLength)
            throw new UnusableTargetException($"The name of '{target}' has {length} bytes; the limit is {MaxNameLength}.");
        return length + ".part.tag".Length <= MaxNameLength
            ? target + ".part"
            : Path.Combine(Path.GetDirectoryName(target)!, $"{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)))}.part");
    }

    private string[] ReadMarkLines() => File.Exists(MarkPath) ? File.ReadAllLines(MarkPath) : [];

    // The mark is written before the first byte, so that an empty one is beside an empty file at most.
    private void ThrowIfForeign()
    {
        var mark = ReadMarkLines();
        var isOurs = mark is [_, NoTag] || (mark is [_, var text] && RangeConditionHeaderValue.TryParse(text, out var tag) && tag.EntityTag is not { IsWeak: true });
        if (!isOurs && (mark.Length > 0 || Stream.Length > 0))
            throw new UnusableTargetException($"'{path}' or '{MarkPath}' exists and is not from a download by this SDK; move it, or download to another path.");
    }

    // Between opening and locking the file, another download may have completed it.
    private void ThrowIfTaken()
    {
        ThrowIfUnfit();
        if (!File.Exists(path))
            throw new IOException($"'{path}' has just been completed by another download.");
    }

    private void ThrowIfUnfit()
    {
        if (Path.GetDirectoryName(target) is { } folder && !Directory.Exists(folder))
            throw new UnusableTargetException($"'{target}' cannot be saved: the folder '{folder}' does not exist.");
        if (Directory.Exists(target))
            throw new UnusableTargetException($"'{target}' is a directory.");
        ThrowIfLink(target);
        if (!overwrite && File.Exists(target))
            throw new UnusableTargetException($"'{target}' exists; set {nameof(DownloadOptions)}.{nameof(DownloadOptions.Overwrite)} to replace it.");
    }

    private static void ThrowIfLink(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
            throw new UnusableTargetException($"'{path}' is a symbolic link, which is not followed.");
    }
}
