using System.Buffers.Binary;

namespace Wan27.Sdk.Download;

/// <summary>
/// Walks the boxes of an MP4 file (ISO/IEC 14496-12) as its bytes pass by, without keeping them: it must begin with <c>ftyp</c>, contain a
/// <c>moov</c> and media data, and end where its last box ends. An error page or half a video does not pass.
/// </summary>
internal sealed class Mp4Validator
{
    private const int ShortHeader = 8;
    private const int LongHeader = 16;

    private readonly byte[] header = new byte[LongHeader];
    private int filled;
    private long left;
    private long position;
    private long movieEnd;
    private long tableEnd;
    private int offsetLength;
    private ulong lastChunk;
    private bool isOpenEnded;
    private bool isMedia;
    private bool isIndexOfFragments;
    private bool hasStarted;
    private bool hasMovie;
    private bool hasMedia;
    private bool isFragmented;
    private bool hasFragment;
    private bool isFragmentWithoutMedia;

    /// <exception cref="DownloadFaultException">These are not the bytes of an MP4 file.</exception>
    public void Feed(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !isOpenEnded)
        {
            if (position >= tableEnd)
                offsetLength = 0;
            var (end, unit) = offsetLength > 0 ? (tableEnd, offsetLength) : (movieEnd, ShortHeader);
            if (left == 0 && filled == 0 && position < end && end - position < unit)
                left = end - position;
            if (left > 0)
            {
                var skipped = (int)Math.Min(left, bytes.Length);
                left -= skipped;
                position += skipped;
                bytes = bytes[skipped..];
                continue;
            }

            header[filled++] = bytes[0];
            position++;
            bytes = bytes[1..];
            if (offsetLength > 0)
                ReadChunkOffset();
            else if (filled == ShortHeader && position <= movieEnd)
                BeginBoxOfMovie();
            else if (filled == ShortHeader && !IsLong || filled == LongHeader)
                BeginBox();
        }

        if (isOpenEnded && isMedia && !bytes.IsEmpty)
            (hasMedia, isFragmentWithoutMedia) = (true, false);
    }

    /// <param name="isEndKnown">Whether a file that was cut off between two boxes would have been noticed.</param>
    /// <param name="isTotalKnown">Whether the file host has nothing more than what was fed.</param>
    /// <exception cref="DownloadFaultException">The file is not complete, or whether it is cannot be known.</exception>
    public void Finish(bool isEndKnown, bool isTotalKnown)
    {
        if (left > 0 || filled > 0 || position < movieEnd)
            throw Fault("the file ends within a box", isTotalKnown ? DownloadRemedy.Restart : DownloadRemedy.Retry);
        if (isOpenEnded && !isEndKnown)
            throw Fault("nothing shows where the file ends", DownloadRemedy.None);
        var remedy = isEndKnown || !hasStarted ? DownloadRemedy.None : DownloadRemedy.Retry;
        if (!hasMovie)
            throw Fault("the file contains no movie (moov)", remedy);
        if (!hasMedia || isFragmentWithoutMedia || isFragmented != hasFragment)
            throw Fault($"the file ends before the media data (mdat) of its {(isFragmented ? "last fragment" : "movie")}", remedy);
        if (!isEndKnown && lastChunk >= (ulong)position)
            throw Fault("the file ends before the media data that its movie refers to", remedy);
        // An index (sidx) may be of one segment only. The box mfra can only be the last.
        if (isFragmented && !isEndKnown && !isIndexOfFragments)
            throw Fault("whether it is complete cannot be known, because it is fragmented and came without a length", DownloadRemedy.None);
    }

    private bool IsLong => BinaryPrimitives.ReadUInt32BigEndian(header) == 1;

    private ReadOnlySpan<byte> Type => header.AsSpan(4, 4);

    private void BeginBox()
    {
        if (!hasStarted && !Type.SequenceEqual("ftyp"u8))
            throw Fault("it does not begin as an MP4 file does", DownloadRemedy.None);
        hasStarted = true;
        var size = IsLong ? BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(8)) : BinaryPrimitives.ReadUInt32BigEndian(header);
        isOpenEnded = size == 0;
        if (!isOpenEnded && size < filled)
            throw Fault($"a box has a size of {size} bytes", DownloadRemedy.None);
        left = isOpenEnded ? 0 : size - filled;
        filled = 0;
        isIndexOfFragments = Type.SequenceEqual("mfra"u8);
        isMedia = Type.SequenceEqual("mdat"u8);
        if (isMedia && left > 0)
            (hasMedia, isFragmentWithoutMedia) = (true, false);
        if (Type.SequenceEqual("moof"u8))
            isFragmented = hasFragment = isFragmentWithoutMedia = true;
        if (Type.SequenceEqual("moov"u8))
            BeginMovie();
    }

    private void BeginMovie()
    {
        hasMovie = true;
        if (left <= int.MaxValue)
            (movieEnd, left) = (position + left, 0);
    }

    // Of the movie's own boxes those count that announce fragments or show where the media data is; what cannot be read is skipped.
    private void BeginBoxOfMovie()
    {
        var content = BinaryPrimitives.ReadUInt32BigEndian(header) - (long)ShortHeader;
        var rest = movieEnd - position;
        left = content >= 0 && content <= rest ? content : rest;
        filled = 0;
        isFragmented |= Type.SequenceEqual("mvex"u8);
        if (Type.SequenceEqual("trak"u8) || Type.SequenceEqual("mdia"u8) || Type.SequenceEqual("minf"u8) || Type.SequenceEqual("stbl"u8))
            left = 0;
        else if (Type.SequenceEqual("stco"u8) || Type.SequenceEqual("co64"u8))
            BeginChunkOffsets();
    }

    // Version, flags and count, and then the place of each chunk in the file.
    private void BeginChunkOffsets()
    {
        (tableEnd, offsetLength) = (position + left, Type.SequenceEqual("stco"u8) ? sizeof(uint) : sizeof(ulong));
        left = Math.Min(left, 2 * sizeof(uint));
    }

    private void ReadChunkOffset()
    {
        if (filled < offsetLength)
            return;
        lastChunk = Math.Max(lastChunk, offsetLength == sizeof(uint) ? BinaryPrimitives.ReadUInt32BigEndian(header) : BinaryPrimitives.ReadUInt64BigEndian(header));
        filled = 0;
    }

    private static DownloadFaultException Fault(string reason, DownloadRemedy remedy) =>
        new($"What the file host sent is not a complete video: {reason}.", remedy);
}
