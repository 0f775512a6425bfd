namespace Wan27.Sdk.Imaging.Tests;

public sealed class ColorTests
{
    [Fact]
    public async Task A_CMYK_JPEG_becomes_sRGB()
    {
        var prepared = await TestImages.PrepareAsync(TestImages.File(MagickFormat.Jpeg, change: image => image.ColorSpace = ColorSpace.CMYK));

        AssertIsTrueColor(prepared, ImageChanges.ColorsConverted);
        Assert.Contains("colors converted to sRGB", prepared.Report.ToString(), StringComparison.Ordinal);
        Assert.Equal('R', TestImages.Colors(prepared)[0]);
    }

    [Fact]
    public async Task A_color_profile_is_converted()
    {
        var file = TestImages.File(MagickFormat.Jpeg, change: image => image.TransformColorSpace(ColorProfiles.SRGB, ColorProfiles.AdobeRGB1998));

        var prepared = await TestImages.PrepareAsync(file);

        AssertIsTrueColor(prepared, ImageChanges.ColorsConverted);
        Assert.Equal(TestImages.Quarters, TestImages.Colors(prepared));
        using var image = TestImages.Decode(prepared);
        Assert.InRange(TestImages.ColorAt(image, 0.25, 0.25).Red, 250, 255); // 219 in Adobe RGB
        Assert.Null(image.GetColorProfile());
    }

    [Fact]
    public async Task A_damaged_color_profile_does_not_matter()
    {
        var file = TestImages.File(MagickFormat.Jpeg);
        byte[] profile = [0xFF, 0xE2, 0, 216, .. "ICC_PROFILE\0\u0001\u0001"u8, .. new byte[200]];

        Assert.Equal(TestImages.Quarters, TestImages.Colors(await TestImages.PrepareAsync([.. file[..2], .. profile, .. file[2..]])));
    }

    [Fact]
    public async Task A_PNG_of_16_bits_becomes_one_of_8_bits()
    {
        var file = TestImages.File(MagickFormat.Png48, change: image => image.Strip());
        Assert.Equal(16, file[24]);

        var prepared = await TestImages.PrepareAsync(file);

        AssertIsTrueColor(prepared, ImageChanges.Encoded);
        Assert.Equal(8, prepared.Bytes.Span[24]);
        Assert.Equal(TestImages.Quarters, TestImages.Colors(prepared));
    }

    [Theory]
    [InlineData(MagickFormat.Png)]
    [InlineData(MagickFormat.Tiff)]
    public async Task A_gray_image_is_prepared_as_true_color(MagickFormat format)
    {
        // Too small, so that it is encoded again.
        var prepared = await TestImages.PrepareAsync(TestImages.File(format, 200, 150, image => image.ColorSpace = ColorSpace.Gray));

        AssertIsTrueColor(prepared, ImageChanges.Scaled);
    }

    private static void AssertIsTrueColor(PreparedImage prepared, ImageChanges change)
    {
        Assert.True(prepared.Report.Changes.HasFlag(change), prepared.Report.ToString());
        var file = prepared.Bytes.Span;
        if (prepared.Report.Format == "PNG")
            Assert.Equal(2, file[25]);
        else
            Assert.Equal(3, file[file.IndexOf([(byte)0xFF, (byte)0xC0]) + 9]);
    }
}
