using System.Drawing;

namespace Wan27.Sdk.Imaging.Tests;

public sealed class SizeTests
{
    [Theory]
    [InlineData(100, 80, 300, 240)]
    [InlineData(239, 239, 240, 240)]
    [InlineData(2, 2, 240, 240)]
    [InlineData(30, 240, 240, 1920)]
    [InlineData(8001, 1100, 8000, 1100)]
    [InlineData(9001, 1126, 8000, 1001)]
    public async Task An_image_is_scaled_into_the_limits(int width, int height, int newWidth, int newHeight)
    {
        var prepared = await TestImages.PrepareAsync(TestImages.File(MagickFormat.Png, (uint)width, (uint)height));

        Assert.Equal((new Size(width, height), new Size(newWidth, newHeight)), (prepared.Report.SourceSize, prepared.Report.Size));
        Assert.True(prepared.Report.Changes.HasFlag(ImageChanges.Scaled));
        Assert.Contains($"scaled from {width}x{height} to {newWidth}x{newHeight} px", prepared.Report.ToString(), StringComparison.Ordinal);
        using var image = TestImages.Decode(prepared);
        Assert.Equal(((uint)newWidth, (uint)newHeight), (image.Width, image.Height));
    }

    [Theory]
    [InlineData(240, 240)]
    [InlineData(8000, 1000)]
    [InlineData(240, 1920)]
    public async Task An_image_at_a_limit_is_not_scaled(int width, int height)
    {
        var file = TestImages.File(MagickFormat.Png24, (uint)width, (uint)height, image => image.Strip());

        Assert.Equal(ImageChanges.None, (await TestImages.PrepareAsync(file)).Report.Changes);
    }

    [Fact]
    public async Task A_long_image_is_refused_with_its_ratio_and_what_to_do()
    {
        Assert.Equal(
            "is 300x2401 px, a ratio of 1:8.003; the range is 1:8 to 8:1; crop it, or set ImagePreparationOptions.AspectRatioAdjustment to Crop or Pad",
            await TestImages.RefusalAsync(TestImages.File(MagickFormat.Png, 300, 2401)));
    }

    [Theory]
    [InlineData(3000, 300, 2400, 300)]
    [InlineData(100, 3000, 240, 1920)]
    [InlineData(20_000, 1001, 8000, 1000)]
    public async Task A_long_image_is_cropped_if_asked(int width, int height, int newWidth, int newHeight)
    {
        var prepared = await TestImages.PrepareAsync(
            TestImages.File(MagickFormat.Png, (uint)width, (uint)height), new() { AspectRatioAdjustment = AspectRatioAdjustment.Crop });

        Assert.Equal(new Size(newWidth, newHeight), prepared.Report.Size);
        Assert.Equal((true, false), (prepared.Report.Changes.HasFlag(ImageChanges.Cropped), prepared.Report.Changes.HasFlag(ImageChanges.Padded)));
        Assert.Equal(TestImages.Quarters, TestImages.Colors(prepared));
    }

    [Theory]
    [InlineData(3000, 300, 3000, 375)]
    [InlineData(100, 3000, 375, 3000)]
    [InlineData(20_000, 10, 8000, 1000)]
    [InlineData(2, 900, 240, 1911)]
    public async Task A_long_image_is_padded_if_asked(int width, int height, int newWidth, int newHeight)
    {
        var prepared = await TestImages.PrepareAsync(
            TestImages.File(MagickFormat.Png, (uint)width, (uint)height), new() { AspectRatioAdjustment = AspectRatioAdjustment.Pad, Background = Color.Magenta });

        Assert.Equal(new Size(newWidth, newHeight), prepared.Report.Size);
        Assert.Equal((false, true), (prepared.Report.Changes.HasFlag(ImageChanges.Cropped), prepared.Report.Changes.HasFlag(ImageChanges.Padded)));
        using var image = TestImages.Decode(prepared);
        Assert.Equal((255, 0, 255), TestImages.ColorAt(image, 0, 0));
    }

    // Noise cannot be compressed: a PNG of 48 MB, and a JPEG that is too large at the best quality.
    [Fact]
    public async Task A_file_of_more_than_20_MB_becomes_a_smaller_JPEG()
    {
        var file = Noise(3000, 3500);
        Assert.True(file.Length > 30_000_000);

        var prepared = await TestImages.PrepareAsync(file);

        Assert.Equal(("JPEG", new Size(3000, 3500)), (prepared.Report.Format, prepared.Report.Size));
        Assert.InRange(prepared.Bytes.Length, 5_000_000, 20 * 1024 * 1024);
    }

    private static byte[] Noise(int width, int height)
    {
        var random = new Random(27);
        var pixels = new byte[width * height * 3];
        random.NextBytes(pixels);
        using var image = new MagickImage(pixels, new MagickReadSettings { Format = MagickFormat.Rgb, Depth = 8, Width = (uint)width, Height = (uint)height });
        return image.ToByteArray(MagickFormat.Bmp3);
    }
}
