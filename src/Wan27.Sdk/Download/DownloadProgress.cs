namespace Wan27.Sdk;

/// <summary>How far a download is.</summary>
/// <param name="BytesReceived">Bytes of the file received so far, those of an earlier, interrupted download included.</param>
/// <param name="TotalBytes">The file's size in bytes; null when its host did not tell.</param>
/// <param name="BytesPerSecond">The mean rate since the download was begun or resumed; 0 before any time has passed.</param>
public sealed record DownloadProgress(long BytesReceived, long? TotalBytes, double BytesPerSecond);
