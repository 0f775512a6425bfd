using System.Buffers.Text;
using System.Security.Cryptography;

namespace Wan27.Sdk.Emulator.Media;

/// <summary>Decodes base64 as it arrives, and keeps of it a length, a hash and the first bytes.</summary>
internal sealed class Base64Sink : IDisposable
{
    private const int HeadSize = 64 * 1024;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly MemoryStream head = new();
    private readonly byte[] encoded = new byte[16 * 1024];
    private readonly byte[] decoded = new byte[12 * 1024];
    private int pending;
    private long length;
    private bool valid = true;

    public void Append(ReadOnlySpan<byte> characters)
    {
        while (!characters.IsEmpty && valid)
        {
            var taken = Math.Min(characters.Length, encoded.Length - pending);
            characters[..taken].CopyTo(encoded.AsSpan(pending));
            pending += taken;
            characters = characters[taken..];

            // The last four may hold the padding, which only the end may have.
            if (pending > 4)
                Decode((pending - 4) & ~3, isEnd: false);
        }
    }

    public InlineMedia Complete(string mimeType)
    {
        if (valid)
            Decode(pending, isEnd: true);
        return new InlineMedia(mimeType, length, Convert.ToHexString(hash.GetHashAndReset()), valid && length > 0, head.ToArray());
    }

    public void Dispose()
    {
        hash.Dispose();
        head.Dispose();
    }

    private void Decode(int count, bool isEnd)
    {
        var outcome = Base64.DecodeFromUtf8(encoded.AsSpan(0, count), decoded, out var consumed, out var written, isEnd);
        valid = outcome == System.Buffers.OperationStatus.Done;
        encoded.AsSpan(consumed, pending - consumed).CopyTo(encoded);
        pending -= consumed;
        length += written;
        hash.AppendData(decoded, 0, written);
        head.Write(decoded, 0, (int)Math.Min(written, HeadSize - head.Length));
    }
}
