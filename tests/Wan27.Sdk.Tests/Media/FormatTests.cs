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
    public void Media_without_a_format_are_a_problem(string what, byte[] head)
    {
        var problem = Assert.Single((Samples.Image with { Image = MediaSource.FromBytes(head) }).Validate());

        Assert.Equal("Image", problem.Member);
        Assert.Matches("^the bytes given is (of no format that the API accepts|an? .*, which the API does not accept; .+)", problem.Message);
        Assert.NotEmpty(what);
    }

    public static TheoryData<byte[], string> OtherFormats { get; } = new()
    {
        { Brands("heic"), "a HEIC image" },
        { Brands("mif1", "mif1", "heic"), "a HEIC image" },
        { Brands("mif1", "avif"), "an AVIF image" },
        { Brands("msf1"), "a HEIF image" },
        { Brands("avis"), "an AVIF image" },
        { Brands("crx "), "a CR3 camera raw image" },
        { Brands("M4A "), "an M4A audio file" },
        { [.. "GIF89a"u8, 1, 0], "a GIF image" },
        { [.. "II*\0"u8, 16, 0, 0, 0, .. "CR"u8, 2, 0], "a CR2 camera raw image" },
        { [.. "MM\0*"u8, 0, 0, 0, 8], "a TIFF image" },
        { [.. "8BPS"u8, 0, 1], "a PSD image" },
        { [0, 0, 1, 0, 1, 0], "an ICO image" },
        { [0xFF, 0x0A, 0x7F], "a JPEG XL image" },
        { [0, 0, 0, 12, .. "jP  "u8, 13, 10, 0x87, 10], "a JPEG 2000 image" },
        { [.. "\uFEFF<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'/>"u8], "an SVG image" },
        { [0x89, .. "PNG\r\n\u001A\n"u8, 0, 0, 0, 4, .. "CgBI"u8, 0x50, 0, 0x20, 2], "a PNG image in Apple's format" },
        { [.. "%PDF-1.7"u8], "a PDF document" },
        { [.. "fLaC"u8, 0], "a FLAC audio file" },
        { [.. "FORM"u8, 0, 0, 0, 9, .. "AIFF"u8], "an AIFF audio file" },
        { [.. "OggS"u8, .. new byte[24], .. "OpusHead"u8], "an Opus audio file" },
        { [.. "#!AMR\n"u8], "an AMR audio file" },
        { [0xFF, 0xF1, 0x50, 0x80, 0x02, 0x1F, 0xFC], "an AAC audio file" },
        { [0x1A, 0x45, 0xDF, 0xA3, .. "....webm"u8], "a WEBM video" },
        { [.. "RIFF"u8, 1, 0, 0, 0, .. "AVI LIST"u8], "an AVI video" },
        { [.. "FLV\u0001"u8, 5], "an FLV video" },
        { [.. Enumerable.Range(0, 3).SelectMany(_ => (byte[])[0x47, .. new byte[187]])], "a TS video" },
        { [.. "\n<!DOCTYPE html><html>"u8], "an HTML page" },
        { [.. "data:image/png;base64,iVBORw0KGgo="u8], "a data URL" },
        { [.. "/9j/4AAQSkZJRg"u8], "a Base64 text" },
        { [.. "version https://git-lfs.github.com/spec/v1"u8], "a Git LFS pointer" },
    };

    [Theory]
    [MemberData(nameof(OtherFormats))]
    public void A_format_that_the_API_does_not_accept_is_named_with_what_to_do(byte[] head, string name)
    {
        Assert.Null(MediaFormat.Detect(head));
        Assert.StartsWith($"the bytes given is {name}", Assert.Single((Samples.Image with { Image = MediaSource.FromBytes(head) }).Validate()).Message, StringComparison.Ordinal);
        Assert.NotEmpty((Samples.Reference with { ReferenceVideos = [MediaSource.FromBytes(head)] }).Validate());
    }

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

    private static byte[] Brands(string major, params string[] compatible) =>
        [0, 0, 0, (byte)(16 + (4 * compatible.Length)), .. "ftyp"u8, .. System.Text.Encoding.ASCII.GetBytes(major + "\0\0\0\0" + string.Concat(compatible)), .. new byte[8]];

    private static byte[] Box(string type, string brand) =>
        Samples.Padded([0, 0, 0, 24, .. System.Text.Encoding.ASCII.GetBytes(type), .. System.Text.Encoding.ASCII.GetBytes(brand)]);
}
