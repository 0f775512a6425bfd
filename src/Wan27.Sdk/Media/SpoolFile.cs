namespace Wan27.Sdk.Media;

/// <summary>
/// A temporary file without a name, so that it is gone when it is closed, also when the process is killed. Windows keeps the name until then.
/// </summary>
internal static class SpoolFile
{
    /// <exception cref="WanValidationException">The folder for temporary files cannot be used.</exception>
    public static FileStream Create(string folder)
    {
        try
        {
            var path = Path.Combine(folder, Path.GetRandomFileName());
            var options = new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.ReadWrite,
                BufferSize = 0,
                Options = FileOptions.Asynchronous | (OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None),
            };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            var file = new FileStream(path, options);
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(folder, e);
        }
    }

    /// <inheritdoc cref="Create"/>
    public static async ValueTask WriteAsync(FileStream file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await file.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            throw Unusable(Path.GetDirectoryName(file.Name)!, e);
        }
    }

    private static WanValidationException Unusable(string folder, Exception e) =>
        WanValidationException.OfMedia(
            $"the folder for temporary files, '{folder}', cannot be used ({e.Message}). A stream is copied there: set "
            + $"{(OperatingSystem.IsWindows() ? "TMP" : "TMPDIR")} to another folder, or use {nameof(MediaSource.FromFile)} or {nameof(MediaSource.FromBytes)}",
            e);
}
