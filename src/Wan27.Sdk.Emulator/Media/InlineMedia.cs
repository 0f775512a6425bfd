namespace Wan27.Sdk.Emulator.Media;

/// <summary>Describes a file that was sent inside a request. The file itself is not kept.</summary>
/// <param name="MimeType">The media type of the data URI.</param>
/// <param name="Length">The number of decoded bytes.</param>
/// <param name="Sha256">The SHA-256 hash of the decoded bytes, in upper-case hexadecimal.</param>
/// <param name="IsBase64">Whether the complete value is valid base64.</param>
/// <param name="Prefix">The first bytes, which contain the header of an image.</param>
internal sealed record InlineMedia(string MimeType, long Length, string Sha256, bool IsBase64, ReadOnlyMemory<byte> Prefix)
{
    /// <summary>Gets the text that replaces the media in the body of the request.</summary>
    public string Placeholder => $"data:{MimeType};base64,({Length} bytes, sha256 {Sha256})";
}
