namespace Wan27.Sdk.Submission;

/// <summary>An append-only file of lines that several processes share by locking it for the moment of use.</summary>
internal static class JournalFile
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="IOException">The file cannot be opened, or another process does not let go of it for half a minute.</exception>
    public static async Task<FileStream> OpenExclusiveAsync(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException) && time.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The whole lines from a position on, which is moved behind the last of them; a torn one is left for when it is closed.</summary>
    public static List<ReadOnlyMemory<byte>> ReadLines(FileStream file, ref long position)
    {
        var bytes = new byte[file.Length - position];
        file.Position = position;
        file.ReadExactly(bytes);
        var lines = new List<ReadOnlyMemory<byte>>();
        var start = 0;
        while (bytes.AsSpan(start).IndexOf((byte)'\n') is >= 0 and var length)
        {
            lines.Add(bytes.AsMemory(start, length));
            start += length + 1;
        }

        position += start;
        return lines;
    }

    /// <summary>Appends a line in one write and puts it on the disk; a line that a crash tore before it is closed first.</summary>
    public static void AppendLine(FileStream file, ReadOnlySpan<byte> line)
    {
        file.Position = Math.Max(0, file.Length - 1);
        var isTorn = file.ReadByte() is not (-1 or '\n');
        file.Position = file.Length;
        byte[] bytes = isTorn ? [(byte)'\n', .. line, (byte)'\n'] : [.. line, (byte)'\n'];
        file.Write(bytes);
        file.Flush(flushToDisk: true);
    }
}
