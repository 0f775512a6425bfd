namespace Wan27.Sdk;

/// <summary>Represents the progress of sending a request or receiving a file.</summary>
/// <param name="Bytes">
/// The bytes so far: of the body of a request, in which local media counts with its Base64 length (four bytes for three); or of a file, including
/// those of an interrupted download.
/// </param>
/// <param name="TotalBytes">The total number of bytes; null if the file host did not send it.</param>
/// <param name="BytesPerSecond">The mean rate since this transfer began or was resumed; 0 at its start.</param>
public sealed record TransferProgress(long Bytes, long? TotalBytes, double BytesPerSecond)
{
    /// <summary>A transfer that moved so many of its bytes in this time.</summary>
    internal static TransferProgress After(TimeSpan elapsed, long moved, long bytes, long? total) =>
        new(bytes, total, elapsed > TimeSpan.Zero ? moved / elapsed.TotalSeconds : 0);
}
