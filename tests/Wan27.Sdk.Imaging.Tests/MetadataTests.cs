using System.Text;

namespace Wan27.Sdk.Imaging.Tests;

public sealed class MetadataTests
{
    private const string Secret = "LighthouseCam";

    private static readonly MagickFormat[] Formats = [MagickFormat.Jpeg, MagickFormat.Png, MagickFormat.WebP, MagickFormat.Tiff, MagickFormat.Jxl];

    private static readonly Dictionary<string, Action<MagickImage>> Kinds = new()
    {
        ["EXIF"] = SetExif,
        ["XMP"] = image => image.SetProfile(new XmpProfile(Encoding.UTF8.GetBytes($"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>{Secret}</a></x:xmpmeta>"))),
        ["IPTC"] = image =>
        {
            var iptc = new IptcProfile();
            iptc.SetValue(IptcTag.City, Secret);
            image.SetProfile(iptc);
        },
        ["comment"] = image => image.SetAttribute("comment", Secret),
    };

    public static TheoryData<MagickFormat, string> Files { get; } = [.. Formats.SelectMany(format => Kinds.Keys.Select(kind => (format, kind)))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Metadata_is_removed(MagickFormat format, string kind)
    {
        var file = TestImages.File(format, change: Kinds[kind]);
        var isWritten = Contains(file, Secret);

        var prepared = await TestImages.PrepareAsync(file);

        Assert.False(Contains(prepared.Bytes.Span, Secret));
        using var image = TestImages.Decode(prepared);
        Assert.Empty(image.ProfileNames);
        Assert.Null(image.Comment);
        Assert.True(!isWritten || prepared.Report.Changes.HasFlag(ImageChanges.MetadataRemoved), prepared.Report.ToString());
        Assert.DoesNotContain(Secret, prepared.Report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_position_of_a_phones_photo_is_removed()
    {
        var file = TestImages.Fixture("phone.heic");
        Assert.True(Contains(file, Secret));

        var prepared = await TestImages.PrepareAsync(file);

        Assert.False(Contains(prepared.Bytes.Span, Secret));
        Assert.Equal("converted from HEIC to JPEG; metadata removed", prepared.Report.ToString());
    }

    [Fact]
    public async Task A_PNG_written_again_has_only_the_chunks_of_an_image()
    {
        var prepared = await TestImages.PrepareAsync(TestImages.File(MagickFormat.Png, 100, 100, image => image.SetAttribute("Title", Secret)));

        Assert.True(PlainFile.HasNoMetadata(prepared.Bytes.Span, SourceFormat.Png), Encoding.Latin1.GetString(prepared.Bytes.Span[..200]));
    }

    // Phones append a video, and cameras a second image, each with its own metadata.
    [Theory]
    [InlineData("\0\0\0\u0018moov a video")]
    [InlineData("\u00FF\u00D8\u00FF\u00E1 a second image \u00FF\u00D9")]
    public async Task What_is_appended_to_a_JPEG_is_removed(string appended)
    {
        var prepared = await TestImages.PrepareAsync([.. PlainJpeg(), .. Encoding.Latin1.GetBytes(appended)]);

        Assert.True(prepared.Report.Changes.HasFlag(ImageChanges.MetadataRemoved));
        Assert.True(PlainFile.HasNoMetadata(prepared.Bytes.Span, SourceFormat.Jpeg));
    }

    [Theory]
    [InlineData(MagickFormat.Jpeg)]
    [InlineData(MagickFormat.Pjpeg)]
    [InlineData(MagickFormat.Png24)]
    [InlineData(MagickFormat.WebP)]
    public async Task A_file_that_needs_no_change_is_kept_byte_for_byte(MagickFormat format)
    {
        var file = TestImages.File(format, change: image => image.Strip());

        var prepared = await TestImages.PrepareAsync(file);

        Assert.Equal(file, prepared.Bytes.ToArray());
        Assert.Equal((ImageChanges.None, "unchanged"), (prepared.Report.Changes, prepared.Report.ToString()));
    }

    private static byte[] PlainJpeg() => TestImages.File(MagickFormat.Jpeg, change: image => image.Strip());

    private static void SetExif(MagickImage image)
    {
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Model, Secret);
        exif.SetValue(ExifTag.GPSLatitude, [new Rational(47), new Rational(30), new Rational(0)]);
        image.SetProfile(exif);
    }

    private static bool Contains(ReadOnlySpan<byte> file, string text) => file.IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;
}
