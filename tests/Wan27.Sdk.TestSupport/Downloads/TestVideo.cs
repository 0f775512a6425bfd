using System.Buffers.Binary;

namespace Wan27.Sdk.TestSupport;

/// <summary>Boxes that form a valid video as far as can be checked without playing it.</summary>
internal static class TestVideo
{
    /// <summary>The minimum of a video: its type and its table of contents.</summary>
    public const int HeadLength = 24 + 108 + 16;

    public static byte[] Of(int length, int seed = 27)
    {
        var video = new byte[length];
        new Random(seed).NextBytes(video);
        Head(length).CopyTo(video, 0);
        return video;
    }

    /// <summary>A video whose last box does not contain its length.</summary>
    public static byte[] OpenEnded(int length)
    {
        var video = Of(length);
        Box("mdat", 0).CopyTo(video, HeadLength - 16);
        return video;
    }

    /// <summary>All boxes before the media data, whose box has a length of eight bytes.</summary>
    public static byte[] Head(long length)
    {
        byte[] head = [.. Box("ftyp", 24), .. new byte[16], .. Box("moov", 108), .. new byte[100], .. Box("mdat", 1), .. new byte[8]];
        BinaryPrimitives.WriteInt64BigEndian(head.AsSpan(HeadLength - 8), length - (HeadLength - 16));
        return head;
    }

    private static byte[] Box(string type, int length)
    {
        byte[] box = [0, 0, 0, 0, .. System.Text.Encoding.ASCII.GetBytes(type)];
        BinaryPrimitives.WriteInt32BigEndian(box, length);
        return box;
    }
}
