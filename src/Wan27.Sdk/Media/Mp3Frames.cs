using System.Buffers;

namespace Wan27.Sdk.Media;

/// <summary>
/// Calculates the duration of an MP3 file from its frames. The number of frames in a header is not read: the file may have been cut or joined since.
/// </summary>
internal sealed class Mp3Frames(HeaderReader file)
{
    /// <summary>
    /// How much longer than its audio a file may be: an encoder starts with a delay of up to two silent frames and pads the last one.
    /// A frame lasts 72 ms at most, as 576 samples at 8 kHz do.
    /// </summary>
    public static readonly TimeSpan MostFilling = 3 * TimeSpan.FromMilliseconds(72);

    /// <summary>How many bytes that are neither tag nor frame are passed over, such as an image in a tag whose size is wrong.</summary>
    private const int MaxJunk = 1024 * 1024;

    private const int FramesToRecognize = 4;

    /// <summary>The first bytes of frames and tags.</summary>
    private static readonly SearchValues<byte> Beginnings = SearchValues.Create([0xFF, (byte)'I', (byte)'A', (byte)'T']);

    private int freeLength;

    /// <summary>Returns whether a file that begins with something else has several frames, one behind the other.</summary>
    public bool IsFound()
    {
        var offset = 0L;
        if (FindFrame(ref offset, isSynchronized: false) is not { } frame)
            return false;
        for (var i = 0; i < FramesToRecognize; i++)
        {
            offset += frame.Length;
            if (Parse(offset) is not { } next || !next.IsLike(frame))
                return false;
            frame = next;
        }

        return true;
    }

    /// <exception cref="InvalidDataException">There is no audio frame.</exception>
    public TimeSpan Duration()
    {
        var (seconds, offset) = (0.0, 0L);
        while (FindFrame(ref offset, isSynchronized: seconds > 0) is { } frame)
        {
            if (!IsHeader(offset, frame))
                seconds += frame.Seconds;
            offset += frame.Length;
        }

        return seconds > 0 ? MediaDuration.FromSeconds(seconds) : throw new InvalidDataException(OtherAudio() ?? "has no audio frame that another one follows");
    }

    private string? OtherAudio()
    {
        Span<byte> head = stackalloc byte[16];
        var offset = Mp3Tag.Length(file, 0);
        if (offset + head.Length > file.Length)
            return null;
        file.Fill(head, offset);
        return OtherFormats.Describe(head);
    }

    /// <summary>Returns the next frame, behind tags and bytes that are no audio; null at the end of the file.</summary>
    private Mp3Frame? FindFrame(ref long offset, bool isSynchronized)
    {
        for (var end = offset + MaxJunk; offset < end;)
        {
            var next = file.IndexOfAny(Beginnings, offset, end);
            if (next + Mp3Frame.HeaderLength > file.Length)
                return null;
            isSynchronized &= next == offset;
            var tag = Mp3Tag.Length(file, offset = next);
            if (tag == 0 && Parse(offset) is { } frame && IsConfirmed(offset + frame.Length, frame, isSynchronized))
                return frame;
            isSynchronized &= tag > 0;
            offset += Math.Max(tag, 1);
            end += tag;
        }

        return null;
    }

    // Four bytes of a frame occur in other data by chance; a second frame does not follow them there.
    // Behind a frame, one of another kind begins the next of several files that were joined.
    private bool IsConfirmed(long next, Mp3Frame frame, bool isSynchronized) =>
        next + Mp3Frame.HeaderLength > file.Length
            ? next == file.Length
            : Mp3Tag.Length(file, next) > 0 || (Parse(next) is { } follower && (isSynchronized || follower.IsLike(frame)));

    private Mp3Frame? Parse(long offset)
    {
        if (offset + Mp3Frame.HeaderLength > file.Length || file.Byte(offset) != 0xFF)
            return null;
        var bits = file.UInt32(offset, isLittleEndian: false);
        return Mp3Frame.Parse(bits, Mp3Frame.IsFreeFormat(bits) ? FreeLength(offset, bits) : 0);
    }

    // In free format the header has no bit rate: the frame ends where the next header of the same kind begins.
    private int FreeLength(long offset, uint bits)
    {
        const uint Kind = 0xFFFE_FC00;
        const int LongestFrame = 4 * 1024;
        for (var length = Mp3Frame.MinLength; length < LongestFrame && offset + length + Mp3Frame.HeaderLength <= file.Length; length++)
        {
            if (file.Byte(offset + length) == 0xFF && (file.UInt32(offset + length, isLittleEndian: false) & Kind) == (bits & Kind))
                return freeLength = length;
        }

        // No header follows the last frame, which is as long as the one before.
        return offset + freeLength <= file.Length ? freeLength : 0;
    }

    // The first frame of most files has no audio: it has the number of frames and where to seek.
    private bool IsHeader(long offset, Mp3Frame frame)
    {
        var name = offset + frame.SideInfoEnd;
        return name + 4 <= file.Length
            && (file.Has("Xing"u8, name) || file.Has("Info"u8, name) || (offset + 40 <= file.Length && file.Has("VBRI"u8, offset + 36)));
    }
}
