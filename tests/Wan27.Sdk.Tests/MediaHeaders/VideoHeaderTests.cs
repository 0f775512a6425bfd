using Wan27.Sdk.Media;
using static Wan27.Sdk.TestSupport.ImageFiles;
using static Wan27.Sdk.TestSupport.VideoFiles;

namespace Wan27.Sdk.Tests.MediaHeaders;

/// <summary>The duration of a video, wherever its movie box is, and files that are cut or have no video.</summary>
public sealed class VideoHeaderTests
{
    public static TheoryData<string, byte[], double> Files { get; } = new()
    {
        { "movie first", Mp4(5), 5 },
        { "movie last", [.. FileType(), .. Data(), .. Movie(5)], 5 },
        { "MOV", [.. FileType("qt  "), .. Box("wide", []), .. Data(), .. Movie(5)], 5 },
        { "no file type", [.. Box("skip", new byte[20]), .. Movie(5), .. Data()], 5 },
        { "free first", [.. Box("free", new byte[20]), .. FileType(), .. Movie(5), .. Data()], 5 },
        { "times of 64 bits", [.. FileType(), .. Box("moov", [.. LongMovieHeader(5), .. Track(1, "vide", 5)]), .. Data()], 5 },
        { "a length of 64 bits", [.. FileType(), .. Movie(5), .. Big32(1), .. "mdat"u8, .. Big32(0), .. Big32(20), 1, 2, 3, 4], 5 },
        { "to the end", [.. FileType(), .. Movie(5), .. Big32(0), .. "mdat"u8, 1, 2, 3], 5 },
        { "an edit list", [.. FileType(), .. Movie(3, Track(1, "vide", 9)), .. Data()], 3 },
        { "no duration of the movie", [.. FileType(), .. Movie(0, Track(1, "vide", 4), Track(2, "soun", 5)), .. Data()], 5 },
        { "an unknown duration", [.. FileType(), .. Movie(-0.001, Track(1, "vide", 4)), .. Data()], 4 },
        { "zeros at the end", [.. Mp4(5), .. new byte[100]], 5 },
        { "a few zeros at the end", [.. Mp4(5), 0, 0, 0], 5 },
        { "fragments", [.. FileType(), .. Fragmented(0, 40), .. Fragment(1, 50), .. Data(), .. Fragment(1, 75), .. Data()], 5 },
        { "fragments with times", [.. FileType(), .. Fragmented(0, 40), .. Fragment(1, 50, begin: 0), .. Data(), .. Fragment(1, 50, begin: 3_000), .. Data()], 5 },
        { "segments that begin late", [.. FileType(), .. Fragmented(0, 40), .. Fragment(1, 50, begin: 9_000), .. Data(), .. Fragment(1, 50, begin: 11_000), .. Data()], 4 },
        { "samples of their own duration", [.. FileType(), .. Fragmented(0, 40), .. FragmentOf(1, 1_500, 2_500, 1_000), .. Data()], 5 },
        { "fragments behind a movie", [.. FileType(), .. Fragmented(2, 40), .. Data(), .. Fragment(1, 75), .. Data()], 5 },
    };

    public static TheoryData<string, byte[], string> Faults { get; } = new()
    {
        { "file type alone", FileType(), "it has no movie box" },
        { "movie missing", [.. FileType(), .. Data()], "it has no movie box" },
        { "movie empty", [.. FileType(), .. Box("moov", []), .. Data()], "it has no movie box" },
        { "half of the data", Mp4(5)[..^30], "its box 'mdat' has 38 of 68 bytes" },
        { "half of the movie", ((byte[])[.. FileType(), .. Data(), .. Movie(5)])[..^30], "its box 'moov' has" },
        { "no data", [.. FileType(), .. Movie(5)], "has no data behind it" },
        { "zeros where the movie was", [.. FileType(), .. Data(), .. new byte[500]], "it has no movie box" },
        { "no duration", [.. FileType(), .. Movie(0), .. Data()], "its movie box has no duration" },
        { "no fragments", [.. FileType(), .. Fragmented(0, 40), .. Data()], "its movie box has no duration" },
        { "audio alone", [.. FileType(), .. Movie(5, Track(1, "soun", 5)), .. Data()], "has no video, only audio or other tracks" },
        { "a box shorter than its header", [.. FileType(), .. Big32(7), .. "moov"u8], "its box 'moov' has a length of 7" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void The_duration_is_that_of_what_is_shown(string what, byte[] file, double seconds)
    {
        Assert.Equal((what, seconds), (what, Math.Round(Read(file).TotalSeconds, 6)));
        Assert.Empty((Samples.Reference with { ReferenceVideos = [MediaSource.FromBytes(file)] }).Validate());
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_file_that_cannot_be_played_is_refused(string what, byte[] file, string reason)
    {
        var problem = Assert.Single((Samples.Reference with { ReferenceVideos = [MediaSource.FromBytes(file)] }).Validate());

        Assert.True(problem.Message.Contains(reason, StringComparison.Ordinal), $"{what}: {problem.Message}");
    }

    [Fact]
    public void A_file_of_empty_boxes_is_refused_after_a_bounded_number()
    {
        byte[] boxes = [.. Enumerable.Range(0, 200_000).SelectMany(_ => Box("free", []))];

        Assert.Contains("more than 100000 boxes", Assert.Throws<InvalidDataException>(() => Read(boxes)).Message, StringComparison.Ordinal);
    }

    private static byte[] Fragmented(double seconds, int unitsPerSample) =>
        Box("moov", [.. MovieHeader(seconds), .. Track(1, "vide", seconds), .. FragmentDefaults(1, unitsPerSample)]);

    private static TimeSpan Read(byte[] file) => new Mp4Header(new HeaderReader(new CountingMedia(file))).Duration();
}
