namespace Wan27.Sdk.Imaging.Tests;

/// <summary>Makes image files with four colored quarters (red, lime, blue, yellow), and reads them back.</summary>
internal static class TestImages
{
    public const string Quarters = "RL BY";

    /// <summary>The file of an image in a format, after a change to it.</summary>
    public static byte[] File(MagickFormat format, uint width = 400, uint height = 300, Action<MagickImage>? change = null)
    {
        using var image = Draw(width, height);
        change?.Invoke(image);
        return image.ToByteArray(format);
    }

    public static MagickImage Draw(uint width, uint height)
    {
        var image = new MagickImage(MagickColors.Red, width, height);
        using var lime = new MagickImage(MagickColors.Lime, width - width / 2, height / 2);
        using var blue = new MagickImage(MagickColors.Blue, width / 2, height - height / 2);
        using var yellow = new MagickImage(MagickColors.Yellow, width - width / 2, height - height / 2);
        image.Composite(lime, (int)width / 2, 0, CompositeOperator.Copy);
        image.Composite(blue, 0, (int)height / 2, CompositeOperator.Copy);
        image.Composite(yellow, (int)width / 2, (int)height / 2, CompositeOperator.Copy);
        return image;
    }

    public static byte[] Fixture(string name) => System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Fixtures", name));

    /// <summary>Prepares a file, and checks that the SDK takes the result.</summary>
    public static async Task<PreparedImage> PrepareAsync(byte[] file, ImagePreparationOptions? options = null)
    {
        using var stream = new MemoryStream(file);
        var prepared = await MediaImage.PrepareAsync(stream, options, TestContext.Current.CancellationToken);
        Assert.Empty(new ImageToVideoRequest { Prompt = "The lamp turns.", Image = prepared.Source }.Validate());
        return prepared;
    }

    /// <summary>The message with which a file is refused.</summary>
    public static async Task<string> RefusalAsync(byte[] file, ImagePreparationOptions? options = null)
    {
        using var stream = new MemoryStream(file);
        var refusal = await Assert.ThrowsAsync<WanValidationException>(() => MediaImage.PrepareAsync(stream, options, TestContext.Current.CancellationToken));
        return Assert.Single(refusal.Problems).Message;
    }

    public static MagickImage Decode(PreparedImage prepared) => new(prepared.Bytes.ToArray());

    /// <summary>The colors in the middle of each quarter, row by row; ? for any other color.</summary>
    public static string Colors(PreparedImage prepared)
    {
        using var image = Decode(prepared);
        return $"{Color(image, 0.25, 0.25)}{Color(image, 0.75, 0.25)} {Color(image, 0.25, 0.75)}{Color(image, 0.75, 0.75)}";
    }

    /// <summary>The color at a position between 0 and 1, as three numbers.</summary>
    public static (int Red, int Green, int Blue) ColorAt(MagickImage image, double x, double y)
    {
        using var pixels = image.GetPixels();
        var color = pixels.GetPixel((int)(x * image.Width), (int)(y * image.Height)).ToColor()!;
        return (color.R, color.G, color.B);
    }

    private static char Color(MagickImage image, double x, double y) => ColorAt(image, x, y) switch
    {
        ( > 180, < 90, < 90) => 'R',
        ( < 140, > 180, < 90) => 'L',
        ( < 90, < 90, > 140) => 'B',
        ( > 180, > 180, < 90) => 'Y',
        _ => '?',
    };
}
