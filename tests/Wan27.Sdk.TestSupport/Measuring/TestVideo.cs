using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Unicode;

namespace Wan27.Sdk.TestSupport.Measuring;

/// <summary>Generated videos of any length: the boxes of an MP4 file, the last of which repeats the same megabyte.</summary>
internal static class TestVideo
{
    private const int BoxesLength = 40;

    /// <summary>The payload of an Internet packet.</summary>
    private const int PacketLength = 1_400;

    private static readonly TimeSpan BetweenPackets = TimeSpan.FromMicroseconds(40);
    private static readonly byte[] Filling = new byte[1024 * 1024];

    static TestVideo() => new Random(27).NextBytes(Filling);

    /// <summary>Responds to a request for a video, at once or in packets with a pause between them.</summary>
    public static void Send(Socket socket, long length, bool isSlow)
    {
        Span<byte> head = stackalloc byte[256];
        Utf8.TryWrite(
            head,
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nETag: \"video\"\r\nContent-Length: {length}\r\n\r\n",
            out var headLength);
        Boxes(head.Slice(headLength, BoxesLength), length);
        socket.Send(head[..(headLength + BoxesLength)]);
        for (var left = length - BoxesLength; left > 0;)
        {
            left -= socket.Send(Filling.AsSpan(0, (int)Math.Min(left, isSlow ? PacketLength : Filling.Length)));
            if (isSlow)
                Pause();
        }
    }

    private static void Pause()
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < BetweenPackets)
            Thread.SpinWait(10);
    }

    private static void Boxes(Span<byte> boxes, long length)
    {
        BinaryPrimitives.WriteInt32BigEndian(boxes, 16);
        "ftypisom\0\0\0\0"u8.CopyTo(boxes[4..]);
        BinaryPrimitives.WriteInt32BigEndian(boxes[16..], 8);
        "moov"u8.CopyTo(boxes[20..]);
        BinaryPrimitives.WriteInt32BigEndian(boxes[24..], 1);
        "mdat"u8.CopyTo(boxes[28..]);
        BinaryPrimitives.WriteInt64BigEndian(boxes[32..], length - 24);
    }
}
