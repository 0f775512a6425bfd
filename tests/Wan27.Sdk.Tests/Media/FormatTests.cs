using Wan27.Sdk.Media;

namespace Wan27.Sdk.Tests.Media;

public class FormatTests
{
    public static TheoryData<string, byte[]> Formats { get; } = new()
    {
        { "image/png", Samples.Png },
        { "image/jpeg", Samples.Padded(0xFF, 0xD8, 0xFF, 0xE0) },
        { "image/jpeg", Samples.Padded(0xFF, 0xD8, 0xFF, 0xDB) },
        { "image/bmp", Bmp(40) },
        { "image/bmp", Bmp(12) },
        { "image/bmp", Bmp(124) },
        { "image/webp", [.. "RIFF"u8, 40, 0, 0, 0, .. "WEBPVP8 "u8, 16, 0, 0, 0] },
        { "audio/wav", Samples.Wav },
        { "audio/mpeg", Samples.Padded([.. "ID3"u8, 4, 0]) },
        { "audio/mpeg", Samples.Padded(0xFF, 0xFB, 0x90, 0x00) },
        { "audio/mpeg", Samples.Padded(0xFF, 0xF3, 0x40, 0x00) },
        { "video/mp4", Samples.Mp4 },
        { "video/mp4", Box("ftyp", "mp42") },
        { "video/quicktime", Box("ftyp", "qt  ") },
        { "video/quicktime", Box("moov", "lmvh") },
        { "video/quicktime", Box("mdat", "\0\0\0\0") },
    };

    public static TheoryData<string, byte[]> Unknown { get; } = new()
    {
        { "GIF", Samples.Padded([.. "GIF89a"u8]) },
        { "HEIC", Box("ftyp", "heic") },
        { "HEIF", Box("ftyp", "mif1") },
        { "AVIF", Box("ftyp", "avif") },
        { "M4A", Box("ftyp", "M4A ") },
        { "text", [.. "This is not an image, whatever its name is."u8] },
        { "a text that begins with BM", [.. "BMW builds cars in Munich and elsewhere"u8] },
        { "HTML", [.. "<!doctype html><html><body>Not found</body>"u8] },
        { "PDF", Samples.Padded([.. "%PDF-1.7"u8]) },
        { "AVI", [.. "RIFF"u8, 40, 0, 0, 0, .. "AVI LIST"u8, 16, 0, 0, 0] },
        { "AAC in ADTS", Samples.Padded(0xFF, 0xF1, 0x50, 0x80) },
        { "UTF-16 text", [0xFF, 0xFE, .. "a\0b\0c\0d\0e\0f\0g\0h\0"u8] },
        { "a head cut short", [0x89, 0x50, 0x4E] },
        { "one byte", [0xFF] },
    };

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_format_is_known_by_its_first_bytes(string mediaType, byte[] head) => Assert.Equal(mediaType, MediaFormat.Detect(head)?.MediaType);

    [Theory]
    [MemberData(nameof(Unknown))]
    public void Media_that_the_service_does_not_accept_have_no_format(string what, byte[] head) =>
        Assert.True(MediaFormat.Detect(head) is null, what);

    [Theory]
    [MemberData(nameof(Unknown))]
    public void Media_without_a_format_are_a_problem(string what, byte[] head) =>
        Assert.Equal(
            new RequestProblem("Image", "the bytes given is of no format that the API takes, by its first bytes"),
            Assert.Single((Samples.Image with { Image = MediaSource.FromBytes(head) }).Validate(), problem => what.Length > 0));

    [Fact]
    public void A_header_of_any_length_is_inspected_without_an_exception()
    {
        foreach (var head in Formats.Select(row => row.Data.Item2).Concat(Unknown.Select(row => row.Data.Item2)))
        {
            for (var length = 0; length <= head.Length; length++)
                _ = MediaFormat.Detect(head.AsSpan(0, length));
        }
    }

    private static byte[] Bmp(byte headerLength) => [.. "BM"u8, 0, 1, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, headerLength, 0, 0, 0, 0, 0];

    private static byte[] Box(string type, string brand) =>
        Samples.Padded([0, 0, 0, 24, .. System.Text.Encoding.ASCII.GetBytes(type), .. System.Text.Encoding.ASCII.GetBytes(brand)]);
}
