using System.Drawing;

namespace Wan27.Sdk.Imaging.Tests;

public sealed class AlphaTests
{
    [Theory]
    [InlineData(MagickFormat.Png32)]
    [InlineData(MagickFormat.Tiff)]
    public async Task An_opaque_alpha_channel_is_dropped(MagickFormat format)
    {
        var prepared = await TestImages.PrepareAsync(TestImages.File(format, change: image => image.Alpha(AlphaAction.Opaque)), new() { Background = Color.Magenta });

        Assert.Equal(TestImages.Quarters, TestImages.Colors(prepared));
        Assert.True(prepared.Report.Changes.HasFlag(ImageChanges.AlphaRemoved));
        Assert.False(prepared.Report.Changes.HasFlag(ImageChanges.Flattened));
        using var image = TestImages.Decode(prepared);
        Assert.False(image.HasAlpha);
    }

    [Theory]
    [InlineData(MagickFormat.Png32)]
    [InlineData(MagickFormat.Png8)]
    [InlineData(MagickFormat.WebP)]
    [InlineData(MagickFormat.Gif)]
    [InlineData(MagickFormat.Psd)]
    public async Task Transparent_pixels_become_white(MagickFormat format)
    {
        var prepared = await TestImages.PrepareAsync(TestImages.File(format, change: image => image.Transparent(MagickColors.Yellow)));

        Assert.Equal("RL B?", TestImages.Colors(prepared));
        AssertColor((255, 255, 255), prepared, 0.75, 0.75);
        Assert.True(prepared.Report.Changes.HasFlag(ImageChanges.Flattened));
        Assert.Contains("transparency replaced by #FFFFFF", prepared.Report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Translucent_pixels_are_mixed_with_the_background()
    {
        var file = TestImages.File(MagickFormat.Png32, change: image =>
        {
            image.Alpha(AlphaAction.Set);
            image.Evaluate(Channels.Alpha, EvaluateOperator.Set, new Percentage(50));
        });

        var prepared = await TestImages.PrepareAsync(file, new() { Background = Color.Blue });

        AssertColor((128, 0, 128), prepared, 0.25, 0.25);
        AssertColor((0, 0, 255), prepared, 0.25, 0.75);
        Assert.Contains("transparency replaced by #0000FF", prepared.Report.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alpha.heic")]
    [InlineData("alpha.avif")]
    public async Task Transparency_of_HEIF_becomes_the_background(string fixture)
    {
        var prepared = await TestImages.PrepareAsync(TestImages.Fixture(fixture));

        Assert.Equal("RL ??", TestImages.Colors(prepared));
        AssertColor((255, 255, 255), prepared, 0.5, 0.9);
    }

    private static void AssertColor((int Red, int Green, int Blue) expected, PreparedImage prepared, double x, double y)
    {
        using var image = TestImages.Decode(prepared);
        var (red, green, blue) = TestImages.ColorAt(image, x, y);
        Assert.InRange(red, expected.Red - 6, expected.Red + 6);
        Assert.InRange(green, expected.Green - 6, expected.Green + 6);
        Assert.InRange(blue, expected.Blue - 6, expected.Blue + 6);
    }
}
