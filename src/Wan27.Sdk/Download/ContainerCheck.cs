using System.Buffers.Binary;

namespace Wan27.Sdk.Download;

/// <summary>
/// Walks the boxes of an MP4 file (ISO/IEC 14496-12) as its bytes pass by, without keeping them: it must begin with <c>ftyp</c>, hold a
/// <c>moov</c>, and end where its last box ends. An error page or half a film does not pass.
/// </summary>
internal sealed class ContainerCheck
{
    private const int ShortHeader = 8;
    private const int LongHeader = 16;

    private readonly byte[] header = new byte[LongHeader];
    private int filled;
    private long left;
    private bool isOpenEnded;
    private bool hasBegun;
    private bool hasMovie;

    /// <exception cref="DownloadFaultException">These are no bytes of an MP4 file.</exception>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !isOpenEnded)
        {
            if (left > 0)
            {
                var skipped = (int)Math.Min(left, bytes.Length);
                left -= skipped;
                bytes = bytes[skipped..];
                continue;
            }

            header[filled++] = bytes[0];
            bytes = bytes[1..];
            if (filled == ShortHeader && !IsLong || filled == LongHeader)
                BeginBox();
        }
    }

    /// <param name="isFramed">Whether a body that was cut off would have been told from a whole one.</param>
    /// <param name="isTotalKnown">Whether there is nothing more to be had than what was fed.</param>
    /// <exception cref="DownloadFaultException">The file ends within a box, or there is no film in it.</exception>
    public void Finish(bool isFramed, bool isTotalKnown)
    {
        if (left > 0 || filled > 0)
            throw Fault("the file ends within a box", isTotalKnown ? DownloadRemedy.Restart : DownloadRemedy.Retry);
        if (isOpenEnded && !isFramed)
            throw Fault("nothing tells where the file ends", DownloadRemedy.None);
        if (!hasMovie)
            throw Fault("the file holds no film", DownloadRemedy.None);
    }

    private bool IsLong => BinaryPrimitives.ReadUInt32BigEndian(header) == 1;

    private void BeginBox()
    {
        var type = header.AsSpan(4, 4);
        if (!hasBegun && !type.SequenceEqual("ftyp"u8))
            throw Fault("it does not begin as an MP4 file does", DownloadRemedy.None);
        hasBegun = true;
        hasMovie |= type.SequenceEqual("moov"u8);
        var size = IsLong ? BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(8)) : BinaryPrimitives.ReadUInt32BigEndian(header);
        isOpenEnded = size == 0;
        if (!isOpenEnded && size < filled)
            throw Fault($"a box says that it has {size} bytes", DownloadRemedy.None);
        left = isOpenEnded ? 0 : size - filled;
        filled = 0;
    }

    private static DownloadFaultException Fault(string reason, DownloadRemedy remedy) =>
        new($"What the video's host sent is no whole video: {reason}.", remedy);
}
