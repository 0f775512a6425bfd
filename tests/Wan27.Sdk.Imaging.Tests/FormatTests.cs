using System.Text;

namespace Wan27.Sdk.Imaging.Tests;

public sealed class FormatTests
{
    [Theory]
    [InlineData(MagickFormat.Jpeg, "JPEG", "JPEG")]
    [InlineData(MagickFormat.Pjpeg, "JPEG", "JPEG")]
    [InlineData(MagickFormat.Png, "PNG", "PNG")]
    [InlineData(MagickFormat.Png8, "PNG", "PNG")]
    [InlineData(MagickFormat.WebP, "WEBP", "WEBP")]
    [InlineData(MagickFormat.Bmp, "BMP", "PNG")]
    [InlineData(MagickFormat.Bmp2, "BMP", "PNG")]
    [InlineData(MagickFormat.Gif, "GIF", "PNG")]
    [InlineData(MagickFormat.Tiff, "TIFF", "JPEG")]
    [InlineData(MagickFormat.Jxl, "JPEG XL", "JPEG")]
    [InlineData(MagickFormat.Jp2, "JPEG 2000", "JPEG")]
    [InlineData(MagickFormat.J2k, "JPEG 2000", "JPEG")]
    [InlineData(MagickFormat.Psd, "PSD", "JPEG")]
    public async Task An_image_of_each_format_is_prepared(MagickFormat format, string source, string target)
    {
        var prepared = await TestImages.PrepareAsync(TestImages.File(format));

        Assert.Equal(TestImages.Quarters, TestImages.Colors(prepared));
        Assert.Equal((source, target), (prepared.Report.SourceFormat, prepared.Report.Format));
        Assert.Equal(source != target, prepared.Report.Changes.HasFlag(ImageChanges.Converted));
    }

    [Theory]
    [InlineData("plain.heic", "HEIC")]
    [InlineData("plain.avif", "AVIF")]
    public async Task A_HEIF_image_becomes_a_JPEG(string fixture, string source)
    {
        var prepared = await TestImages.PrepareAsync(TestImages.Fixture(fixture));

        Assert.Equal(TestImages.Quarters, TestImages.Colors(prepared));
        Assert.Equal((source, "JPEG"), (prepared.Report.SourceFormat, prepared.Report.Format));
        Assert.Equal($"converted from {source} to JPEG", prepared.Report.ToString());
    }

    [Fact]
    public async Task The_first_image_of_an_animation_is_kept()
    {
        using var frames = new MagickImageCollection { TestImages.Draw(400, 300), new MagickImage(MagickColors.Black, 400, 300) };
        var prepared = await TestImages.PrepareAsync(frames.ToByteArray(MagickFormat.Gif));

        Assert.Equal(TestImages.Quarters, TestImages.Colors(prepared));
        Assert.True(prepared.Report.Changes.HasFlag(ImageChanges.SingleImage));
    }

    [Fact]
    public async Task The_largest_image_of_an_icon_is_kept()
    {
        using var icons = new MagickImageCollection { TestImages.Draw(16, 16), TestImages.Draw(256, 256), TestImages.Draw(32, 32) };
        var prepared = await TestImages.PrepareAsync(icons.ToByteArray(MagickFormat.Ico));

        Assert.Equal(new(256, 256), prepared.Report.SourceSize);
        Assert.Equal(TestImages.Quarters, TestImages.Colors(prepared));
    }

    // Formats that read other files, run programs or draw text are never selected by the content.
    [Theory]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' width='400' height='300'><rect width='400' height='300'/></svg>")]
    [InlineData("push graphic-context\n viewbox 0 0 400 300\nimage over 0,0 0,0 'label:secret'\npop graphic-context")]
    [InlineData("<?xml version='1.0'?><image><read filename='label:secret'/></image>")]
    [InlineData("%PDF-1.4 and the rest")]
    [InlineData("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 400 300\n")]
    [InlineData("id=ImageMagick  version=1.0\nclass=DirectClass  columns=400  rows=300\n\f\n:\u001A")]
    [InlineData("https://example.com/picture.png")]
    [InlineData("text:secret")]
    [InlineData("P3 400 300 255 0 0 0")]
    public async Task Anything_else_is_refused_with_the_formats_that_are_decoded(string content)
    {
        var message = await TestImages.RefusalAsync(Encoding.Latin1.GetBytes(content));

        Assert.StartsWith("is not an image of a format that can be decoded (JPEG, PNG", message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", message, StringComparison.Ordinal);
    }

    // DNGVersion, or a first image that is the reduced version of another.
    [Theory]
    [InlineData(50706, 0x00000401)]
    [InlineData(254, 1)]
    public async Task The_preview_of_a_camera_raw_file_is_not_taken_for_the_photo(int tag, int value)
    {
        var file = TestImages.File(MagickFormat.Tiff);
        Assert.Equal("II*\0"u8, file.AsSpan(0, 4));
        var directory = BitConverter.ToInt32(file, 4);
        BitConverter.GetBytes((ushort)tag).CopyTo(file, directory + 2);
        BitConverter.GetBytes(value).CopyTo(file, directory + 10);

        Assert.Contains("is not an image of a format that can be decoded", await TestImages.RefusalAsync(file), StringComparison.Ordinal);
    }
}
