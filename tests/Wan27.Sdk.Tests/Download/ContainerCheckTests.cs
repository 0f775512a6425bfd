using System.Buffers.Binary;
using System.Text;
using Wan27.Sdk.Download;

namespace Wan27.Sdk.Tests.Download;

/// <summary>Which files pass for a whole film, fed in one piece and byte by byte.</summary>
public sealed class ContainerCheckTests
{
    private static readonly byte[] Begin = Box("ftyp", 12);
    private static readonly byte[] Movie = Box("moov", 20);

    public static TheoryData<string, byte[][]> Whole { get; } = new()
    {
        { "the smallest", [Begin, Movie] },
        { "an empty box at the end", [Begin, Movie, Box("free", 0)] },
        { "its movie at the end", [Begin, Box("mdat", 1_000), Movie] },
        { "two movies", [Begin, Movie, Movie] },
        { "a box with a long size", [Begin, LongBox("mdat", 500), Movie] },
        { "an empty box with a long size", [Begin, LongBox("mdat", 0), Movie] },
        { "a box without an end", [Begin, Movie, Header("mdat", 0), new byte[700]] },
    };

    public static TheoryData<byte[][], string> Spoilt { get; } = new()
    {
        { [], "the file holds no film" },
        { [Begin], "the file holds no film" },
        { [Begin, Box("mdat", 10)], "the file holds no film" },
        { [Encoding.ASCII.GetBytes("<!DOCTYPE html><html></html>")], "it does not begin as an MP4 file does" },
        { [Movie, Begin], "it does not begin as an MP4 file does" },
        { [Begin, Movie, Header("mdat", 7)], "a box says that it has 7 bytes" },
        { [Begin, Movie, LongHeader("mdat", 15)], "a box says that it has 15 bytes" },
        { [Begin, Movie, LongHeader("mdat", -1)], "a box says that it has -1 bytes" },
    };

    public static TheoryData<byte[][]> CutOff { get; } = new(
        [Begin[..3]],
        [Begin[..^1]],
        [Begin, Movie[..7]],
        [Begin, Movie[..8]],
        [Begin, Movie, LongHeader("mdat", 17)],
        [Begin, Movie, LongHeader("mdat", 16)[..15]]);

    [Theory]
    [MemberData(nameof(Whole))]
    public void A_whole_film_passes(string what, byte[][] boxes)
    {
        foreach (var check in Fed(boxes))
            Assert.Null(Record.Exception(() => check().Finish(isFramed: true, isTotalKnown: what.Length > 0)));
    }

    [Theory]
    [MemberData(nameof(Spoilt))]
    public void What_is_none_says_why_and_cannot_be_mended(byte[][] boxes, string reason)
    {
        foreach (var check in Fed(boxes))
        {
            var fault = Assert.Throws<DownloadFaultException>(() => check().Finish(isFramed: true, isTotalKnown: true));

            Assert.Equal(($"What the video's host sent is no whole video: {reason}.", DownloadRemedy.None), (fault.Message, fault.Remedy));
        }
    }

    [Theory]
    [MemberData(nameof(CutOff))]
    public void What_ends_within_a_box_is_gone_on_with_unless_there_is_no_more(byte[][] boxes)
    {
        foreach (var check in Fed(boxes))
        {
            var mendable = Assert.Throws<DownloadFaultException>(() => check().Finish(isFramed: false, isTotalKnown: false));
            var final = Assert.Throws<DownloadFaultException>(() => check().Finish(isFramed: true, isTotalKnown: true));

            Assert.Equal("What the video's host sent is no whole video: the file ends within a box.", mendable.Message);
            Assert.Equal((DownloadRemedy.Retry, DownloadRemedy.Restart), (mendable.Remedy, final.Remedy));
        }
    }

    [Fact]
    public void A_box_without_an_end_needs_an_answer_that_has_one()
    {
        var fault = Assert.Throws<DownloadFaultException>(() => Fed([Begin, Movie, Header("mdat", 0)])[0]().Finish(isFramed: false, isTotalKnown: false));

        Assert.Equal(("What the video's host sent is no whole video: nothing tells where the file ends.", DownloadRemedy.None), (fault.Message, fault.Remedy));
    }

    private static Func<ContainerCheck>[] Fed(byte[][] boxes)
    {
        var bytes = boxes.SelectMany(box => box).ToArray();
        return [() => Feed(bytes), () => Feed([.. bytes.Select(one => new[] { one })])];
    }

    private static ContainerCheck Feed(params byte[][] pieces)
    {
        var check = new ContainerCheck();
        foreach (var piece in pieces)
            check.Feed(piece);
        return check;
    }

    private static byte[] Box(string type, int content) => [.. Header(type, 8 + (uint)content), .. new byte[content]];

    private static byte[] LongBox(string type, int content) => [.. LongHeader(type, 16 + content), .. new byte[content]];

    private static byte[] Header(string type, uint size)
    {
        var header = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(header, size);
        Encoding.ASCII.GetBytes(type, header.AsSpan(4));
        return header;
    }

    private static byte[] LongHeader(string type, long size)
    {
        var length = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(length, size);
        return [.. Header(type, 1), .. length];
    }
}
