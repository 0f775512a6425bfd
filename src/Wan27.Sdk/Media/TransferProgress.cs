namespace Wan27.Sdk;

/// <summary>How far a request has been sent, or a file received.</summary>
/// <param name="Bytes">
/// Bytes so far: of a request's body, in which local media count with their Base64 length, four bytes for three; or of a file, those of an earlier,
/// interrupted download included.
/// </param>
/// <param name="TotalBytes">The whole length in bytes; of a request always known, null when a file's host did not tell.</param>
/// <param name="BytesPerSecond">The mean rate since this transfer was begun or resumed; 0 before any time has passed.</param>
public sealed record TransferProgress(long Bytes, long? TotalBytes, double BytesPerSecond)
{
    /// <summary>A transfer that moved so many of its bytes in this time.</summary>
    internal static TransferProgress After(TimeSpan elapsed, long moved, long bytes, long? total) =>
        new(bytes, total, elapsed > TimeSpan.Zero ? moved / elapsed.TotalSeconds : 0);
}
