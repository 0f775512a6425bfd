using System.Buffers.Binary;
using System.Text;
using Wan27.Sdk.Download;

namespace Wan27.Sdk.Tests.Download;

/// <summary>Which files are accepted as a complete video, fed in one piece and byte by byte.</summary>
public sealed class Mp4ValidatorTests
{
    private const string FragmentsWithoutALength = "whether it is complete cannot be known, because it is fragmented and came without a length";
    private const string WithoutMedia = "the file ends before the media data (mdat) of its movie";
    private const string WithoutLastFragment = "the file ends before the media data (mdat) of its last fragment";
    private const string WithoutMovie = "the file contains no movie (moov)";

    private static readonly byte[] Begin = Box("ftyp", 12);
    private static readonly byte[] Movie = Box("moov", 20);
    private static readonly byte[] Media = Box("mdat", 30);
    private static readonly byte[] Fragment = Box("moof", 16);
    private static readonly byte[] FragmentedMovie = Box("moov", [.. Box("mvhd", 5), .. Box("mvex", 3), .. Box("trak", 4)]);
    private static readonly byte[] IndexOfFragments = Box("mfra", 16);

    public static TheoryData<string, byte[][]> Complete { get; } = new()
    {
        { "the smallest", [Begin, Box("moov", 0), Box("mdat", 1)] },
        { "an empty box at the end", [Begin, Movie, Media, Box("free", 0)] },
        { "its movie at the end", [Begin, Media, Movie] },
        { "two movies", [Begin, Movie, Media, Movie] },
        { "a box with a long size", [Begin, LongBox("mdat", 500), Movie] },
        { "an empty box with a long size", [Begin, LongBox("mdat", 0), Movie, Media] },
        { "a box without an end", [Begin, Movie, Header("mdat", 0), new byte[700]] },
        { "a movie with a long size", [Begin, Media, LongBox("moov", 40)] },
        { "a movie without an end", [Begin, Media, Header("moov", 0), new byte[40]] },
        { "a movie whose last box has no space for its header", [Begin, Box("moov", [.. Box("mvhd", 5), 1, 2, 3]), Media] },
        { "a movie whose last box is longer than the movie", [Begin, Box("moov", [.. Box("mvhd", 5), .. Header("trak", 500), 1]), Media] },
        { "fragments", [Begin, FragmentedMovie, Fragment, Media, Fragment, Media] },
        { "fragments that nothing announces", [Begin, Movie, Fragment, Media] },
        { "a fragment whose media data has no end", [Begin, FragmentedMovie, Fragment, Header("mdat", 0), [1]] },
    };

    public static TheoryData<byte[][], string> Corrupt { get; } = new()
    {
        { [], WithoutMovie },
        { [Begin], WithoutMovie },
        { [Begin, Media], WithoutMovie },
        { [Begin, Movie], WithoutMedia },
        { [Begin, Movie, Box("mdat", 0)], WithoutMedia },
        { [Begin, Movie, LongBox("mdat", 0)], WithoutMedia },
        { [Begin, Movie, Header("mdat", 0)], WithoutMedia },
        { [Begin, Movie, Header("free", 0), [1, 2]], WithoutMedia },
        { [Begin, Box("moov", Media)], WithoutMedia },
        { [Begin, Movie, Box("uuid", 700)], WithoutMedia },
        { [Begin, FragmentedMovie, Media], WithoutLastFragment },
        { [Begin, FragmentedMovie, Fragment], WithoutLastFragment },
        { [Begin, Movie, Fragment, Media, Fragment], WithoutLastFragment },
        { [Encoding.ASCII.GetBytes("<!DOCTYPE html><html></html>")], "it does not begin as an MP4 file does" },
        { [Movie, Begin], "it does not begin as an MP4 file does" },
        { [Begin, Movie, Header("mdat", 7)], "a box has a size of 7 bytes" },
        { [Begin, Movie, LongHeader("mdat", 15)], "a box has a size of 15 bytes" },
        { [Begin, Movie, LongHeader("mdat", -1)], "a box has a size of -1 bytes" },
    };

    public static TheoryData<byte[][]> CutOff { get; } = new(
        [Begin[..3]],
        [Begin[..^1]],
        [Begin, Movie[..7]],
        [Begin, Movie[..8]],
        [Begin, Media, Movie[..9]],
        [Begin, Media, Movie[..^1]],
        [Begin, Media, FragmentedMovie[..21]],
        [Begin, Media, FragmentedMovie[..^1]],
        [Begin, Movie, LongHeader("mdat", 17)],
        [Begin, Movie, LongHeader("mdat", 16)[..15]]);

    [Theory]
    [MemberData(nameof(Complete))]
    public void A_complete_video_is_accepted(string what, byte[][] boxes)
    {
        foreach (var check in Fed(boxes))
            Assert.Null(Record.Exception(() => check().Finish(isEndKnown: true, isTotalKnown: what.Length > 0)));
    }

    [Theory]
    [MemberData(nameof(Corrupt))]
    public void An_invalid_file_has_a_reason_and_cannot_be_resumed(byte[][] boxes, string reason)
    {
        foreach (var check in Fed(boxes))
        {
            var fault = Assert.Throws<DownloadFaultException>(() => check().Finish(isEndKnown: true, isTotalKnown: true));

            Assert.Equal(($"What the file host sent is not a complete video: {reason}.", DownloadRemedy.None), (fault.Message, fault.Remedy));
        }
    }

    [Theory]
    [MemberData(nameof(CutOff))]
    public void A_file_that_ends_within_a_box_is_resumed_unless_it_has_no_more_bytes(byte[][] boxes)
    {
        foreach (var check in Fed(boxes))
        {
            var resumable = Assert.Throws<DownloadFaultException>(() => check().Finish(isEndKnown: false, isTotalKnown: false));
            var final = Assert.Throws<DownloadFaultException>(() => check().Finish(isEndKnown: true, isTotalKnown: true));

            Assert.Equal("What the file host sent is not a complete video: the file ends within a box.", resumable.Message);
            Assert.Equal((DownloadRemedy.Retry, DownloadRemedy.Restart), (resumable.Remedy, final.Remedy));
        }
    }

    [Fact]
    public void A_box_without_an_end_needs_a_response_that_has_one()
    {
        var fault = Assert.Throws<DownloadFaultException>(() => Fed([Begin, Movie, Header("mdat", 0), [1]])[0]().Finish(isEndKnown: false, isTotalKnown: false));

        Assert.Equal(("What the file host sent is not a complete video: nothing shows where the file ends.", DownloadRemedy.None), (fault.Message, fault.Remedy));
    }

    [Fact]
    public void A_file_that_ends_between_two_boxes_is_resumed_if_its_end_is_unknown()
    {
        foreach (byte[][] boxes in new byte[][][] { [Begin], [Begin, Media], [Begin, Movie], [Begin, FragmentedMovie, Fragment] })
        {
            var fault = Assert.Throws<DownloadFaultException>(() => Fed(boxes)[0]().Finish(isEndKnown: false, isTotalKnown: false));

            Assert.Equal(DownloadRemedy.Retry, fault.Remedy);
        }
    }

    [Fact]
    public void Fragments_of_unknown_length_are_accepted_only_before_their_index()
    {
        byte[][] fragments = [Begin, FragmentedMovie, Fragment, Media, Fragment, Media];
        foreach (byte[][] boxes in new[] { fragments, [Begin, Movie, Fragment, Media], [.. fragments, IndexOfFragments, Fragment, Media] })
        {
            var fault = Assert.Throws<DownloadFaultException>(() => Fed(boxes)[0]().Finish(isEndKnown: false, isTotalKnown: false));

            Assert.Equal(($"What the file host sent is not a complete video: {FragmentsWithoutALength}.", DownloadRemedy.None), (fault.Message, fault.Remedy));
        }

        Fed([.. fragments, IndexOfFragments])[0]().Finish(isEndKnown: false, isTotalKnown: false);
    }

    [Theory]
    [InlineData("stco", new[] { 20, 600, 300 }, 600)]
    [InlineData("stco", new[] { 599 }, 599)]
    [InlineData("co64", new[] { 20, 600, 300 }, 600)]
    [InlineData("co64", new[] { 0 }, 0)]
    public void Media_data_that_the_movie_refers_to_must_be_there_unless_the_end_is_known(string type, int[] offsets, int last)
    {
        var width = type == "stco" ? 4 : 8;
        byte[] table = [.. new byte[8], .. offsets.SelectMany(offset => (byte[])[.. new byte[width - 2], (byte)(offset >> 8), (byte)offset]), .. new byte[3]];
        byte[] track = Box("trak", [.. Box("tkhd", 5), .. Box("mdia", Box("minf", Box("stbl", [.. Box("stsz", 12), .. Box(type, table), .. Box("stsc", 2)])))]);
        byte[] start = [.. Begin, .. Box("moov", [.. Box("mvhd", 5), .. track, .. Box("udta", 2)])];
        byte[] complete = [.. start, .. Box("mdat", 1), .. Box("mdat", Math.Max(1, last + 1 - start.Length - 9 - 8))];

        foreach (var check in Fed([complete]))
            check().Finish(isEndKnown: false, isTotalKnown: false);

        if (last < start.Length)
            return;
        foreach (var check in Fed([complete[..(start.Length + 9)]]))
        {
            var fault = Assert.Throws<DownloadFaultException>(() => check().Finish(isEndKnown: false, isTotalKnown: false));
            Assert.Equal(
                ("What the file host sent is not a complete video: the file ends before the media data that its movie refers to.", DownloadRemedy.Retry),
                (fault.Message, fault.Remedy));
            check().Finish(isEndKnown: true, isTotalKnown: true);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(9)]
    public void A_table_that_is_too_short_is_skipped(int length)
    {
        foreach (var check in Fed([Begin, Box("moov", Box("trak", Box("mdia", Box("minf", Box("stbl", Box("stco", length)))))), Media, IndexOfFragments]))
            check().Finish(isEndKnown: false, isTotalKnown: false);
    }

    private static Func<Mp4Validator>[] Fed(byte[][] boxes)
    {
        var bytes = boxes.SelectMany(box => box).ToArray();
        return [() => Feed(bytes), () => Feed([.. bytes.Select(one => new[] { one })])];
    }

    private static Mp4Validator Feed(params byte[][] pieces)
    {
        var check = new Mp4Validator();
        foreach (var piece in pieces)
            check.Feed(piece);
        return check;
    }

    private static byte[] Box(string type, byte[] content) => [.. Header(type, 8 + (uint)content.Length), .. content];

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
