using System.Buffers.Text;
using System.Security.Cryptography;

namespace Wan27.Sdk.Emulator.Media;

/// <summary>Decodes base64 incrementally, and keeps the length, a hash and the first bytes of the result.</summary>
internal sealed class InlineMediaDecoder : IDisposable
{
    private const int PrefixSize = 64 * 1024;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream prefix = new();
    private readonly byte[] encoded = new byte[16 * 1024];
    private readonly byte[] decoded = new byte[12 * 1024];
    private int pending;
    private long length;
    private bool isValid = true;

    public void Append(ReadOnlySpan<byte> characters)
    {
        while (!characters.IsEmpty && isValid)
        {
            var count = Math.Min(characters.Length, encoded.Length - pending);
            characters[..count].CopyTo(encoded.AsSpan(pending));
            pending += count;
            characters = characters[count..];

            // The last four characters can contain padding, which is only valid at the end.
            if (pending > 4)
                Decode((pending - 4) & ~3, isEnd: false);
        }
    }

    public InlineMedia Complete(string mimeType)
    {
        if (isValid)
            Decode(pending, isEnd: true);
        var sha256 = Convert.ToHexString(hash.GetHashAndReset());
        return new InlineMedia(mimeType, length, sha256, isValid && length > 0, prefix.ToArray());
    }

    public void Dispose()
    {
        hash.Dispose();
        prefix.Dispose();
    }

    private void Decode(int count, bool isEnd)
    {
        var status = Base64.DecodeFromUtf8(encoded.AsSpan(0, count), decoded, out var consumed, out var written, isEnd);
        isValid = status == System.Buffers.OperationStatus.Done;
        encoded.AsSpan(consumed, pending - consumed).CopyTo(encoded);
        pending -= consumed;
        length += written;
        hash.AppendData(decoded, 0, written);
        prefix.Write(decoded, 0, (int)Math.Min(written, PrefixSize - prefix.Length));
    }
}
