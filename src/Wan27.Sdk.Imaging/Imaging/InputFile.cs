namespace Wan27.Sdk.Imaging;

/// <summary>Reads an image into memory, up to the size that any field of the API has.</summary>
internal static class InputFile
{
    private const long Megabyte = 1024 * 1024;
    private const long MaxLength = 100 * Megabyte;

    public static async Task<byte[]> ReadAsync(string path, ImageProblems problems, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileInfo(path);
            if (Directory.Exists(path))
                throw problems.Create($"is a directory");
            // A named pipe and a device have no length, and opening one can wait without end.
            if (file.Length == 0)
                throw problems.Create($"is empty, or is a named pipe or a device; open those, and pass the stream");
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await using (stream.ConfigureAwait(false))
                return await ReadAsync(stream, problems, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw problems.Create($"does not exist");
        }
        catch (UnauthorizedAccessException)
        {
            throw problems.Create($"cannot be read: access is denied");
        }
        catch (Exception e) when (e is IOException or NotSupportedException or ArgumentException)
        {
            throw problems.Create($"cannot be read");
        }
    }

    public static async Task<byte[]> ReadAsync(Stream stream, ImageProblems problems, CancellationToken cancellationToken)
    {
        const int BlockLength = 128 * 1024;
        using var content = new MemoryStream();
        var block = new byte[BlockLength];
        while (await stream.ReadAsync(block, cancellationToken).ConfigureAwait(false) is var count and > 0)
        {
            content.Write(block, 0, count);
            if (content.Length > MaxLength)
                throw problems.Create($"has more than {MaxLength} bytes ({MaxLength / Megabyte} MB), which is the limit; save it smaller");
        }

        if (content.Length == 0)
            throw problems.Create($"is empty");
        return content.ToArray();
    }
}
