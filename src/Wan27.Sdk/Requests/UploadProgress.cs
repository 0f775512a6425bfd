namespace Wan27.Sdk;

/// <summary>How far a request has been sent.</summary>
/// <param name="BytesSent">Bytes of the body handed to the connection so far.</param>
/// <param name="TotalBytes">The body's length in bytes; local media count with their Base64 length, four bytes for three.</param>
public sealed record UploadProgress(long BytesSent, long TotalBytes);
