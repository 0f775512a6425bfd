namespace Wan27.Cli.Commands;

/// <summary>The output of downloads: one file, or a file named after each generation, so that a second call finds a partial download.</summary>
internal sealed class FileTarget(FileInfo? file, DirectoryInfo? folder, bool overwrites)
{
    /// <summary>Less than the limit of file systems, and longer than ids are.</summary>
    private const int MaxNameLength = 100;

    public bool Overwrites => overwrites;

    public FileInfo For(string generationId) => file ?? new FileInfo(Path.Combine(folder?.ToString() ?? "", NameOf(generationId)));

    /// <summary>Returns a free name next to an existing file.</summary>
    public static string FreeNameFor(FileInfo taken) => Enumerable.Range(2, int.MaxValue - 2)
        .Select(number => Path.ChangeExtension(taken.ToString(), $"{number}{taken.Extension}"))
        .First(name => !File.Exists(name));

    /// <summary>Checks before anything is bought whether the file can be created. The id is not known before the submission.</summary>
    /// <exception cref="UsageException">The file exists or cannot be created.</exception>
    public void Check(string generationId = "")
    {
        var wanted = For(generationId);
        if (wanted.Directory is not { Exists: true } directory)
            throw new UsageException($"The folder '{wanted.DirectoryName}' does not exist.");
        if (Directory.Exists(wanted.FullName))
            throw new UsageException($"'{wanted}' is a folder. Choose a file in it.");
        if (wanted.LinkTarget is not null)
            throw new UsageException($"'{wanted}' is a symbolic link, which is not followed. Choose another file.");
        if (wanted.Exists && !overwrites)
            throw new UsageException($"'{wanted}' exists. Choose another name or add --overwrite.");
        ThrowIfReadOnly(directory);
    }

    // A temporary file with a unique name, because the download's own file may contain a partial video.
    private static void ThrowIfReadOnly(DirectoryInfo directory)
    {
        try
        {
            var temporary = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = System.IO.FileOptions.DeleteOnClose };
            new FileStream(Path.Combine(directory.FullName, $".wan27-{Guid.NewGuid():N}"), temporary).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The folder '{directory}' is not writable. Choose another folder.");
        }
    }

    // The service chooses the id, which must not lead to another folder or be parsed as an option.
    private static string NameOf(string generationId) =>
        $"video-{string.Concat(generationId.Take(MaxNameLength).Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '_'))}.mp4";
}
