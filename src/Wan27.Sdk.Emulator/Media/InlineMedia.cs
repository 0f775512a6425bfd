namespace Wan27.Sdk.Emulator.Media;

/// <summary>What is remembered of a file that came inside a request.</summary>
/// <param name="MimeType">What the data URI claims.</param>
/// <param name="Length">Decoded bytes.</param>
/// <param name="Sha256">Of the decoded bytes, in upper-case hexadecimal.</param>
/// <param name="IsBase64">Whether all of it could be decoded.</param>
/// <param name="Head">The first bytes, enough for the headers of a picture.</param>
internal sealed record InlineMedia(string MimeType, long Length, string Sha256, bool IsBase64, ReadOnlyMemory<byte> Head)
{
    /// <summary>What stands in its place in a condensed body.</summary>
    public string Placeholder => $"data:{MimeType};base64,({Length} bytes, sha256 {Sha256})";
}
