namespace Wan27.Sdk;

/// <summary>How far a download is.</summary>
/// <param name="BytesReceived">Bytes of the file received so far.</param>
/// <param name="TotalBytes">The file's size in bytes; null when its host did not tell.</param>
public sealed record DownloadProgress(long BytesReceived, long? TotalBytes);
