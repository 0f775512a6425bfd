namespace Wan27.Cli.Commands;

/// <summary>Where videos go: to one file, or each to a file that its task names, so that a second call finds what the first one began.</summary>
internal sealed class FileTarget(FileInfo? file, DirectoryInfo? folder, bool overwrites)
{
    /// <summary>Less than a file system allows, and more than an id has.</summary>
    private const int LongestName = 100;

    public bool Overwrites => overwrites;

    public FileInfo Of(string generationId) => file ?? new FileInfo(Path.Combine(folder?.ToString() ?? "", NameOf(generationId)));

    /// <summary>A name beside a file's that is still free.</summary>
    public static string Beside(FileInfo taken) => Enumerable.Range(2, int.MaxValue - 2)
        .Select(number => Path.ChangeExtension(taken.ToString(), $"{number}{taken.Extension}"))
        .First(name => !File.Exists(name));

    /// <summary>Finds out before anything is bought whether it could be saved; the task's id is not known by then where it is yet to be made.</summary>
    /// <exception cref="UsageException">The file exists or cannot be made.</exception>
    public void Check(string generationId = "")
    {
        var wanted = Of(generationId);
        if (wanted.Directory is not { Exists: true } home)
            throw new UsageException($"The folder '{wanted.DirectoryName}' does not exist.");
        if (Directory.Exists(wanted.FullName))
            throw new UsageException($"'{wanted}' is a folder; name the file to make in it.");
        if (wanted.LinkTarget is not null)
            throw new UsageException($"'{wanted}' is a symbolic link, which is not followed.");
        if (wanted.Exists && !overwrites)
            throw new UsageException($"'{wanted}' exists; choose another name or add --overwrite.");
        ThrowIfReadOnly(home);
    }

    // A file of its own name, gone when it is closed: one that the download would make may hold the beginning of a video.
    private static void ThrowIfReadOnly(DirectoryInfo home)
    {
        try
        {
            var vanishing = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = System.IO.FileOptions.DeleteOnClose };
            new FileStream(Path.Combine(home.FullName, $".wan27-{Guid.NewGuid():N}"), vanishing).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"No file can be made in the folder '{home}'.");
        }
    }

    // An id is the service's word, and must not lead to another folder or be taken for an option.
    private static string NameOf(string generationId) =>
        $"video-{string.Concat(generationId.Take(LongestName).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '_'))}.mp4";
}
