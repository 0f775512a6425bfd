namespace Wan27.Sdk.Imaging.Tests;

public sealed class OrientationTests
{
    private static readonly string[] Shown = ["RL BY", "LR YB", "YB LR", "BY RL", "RB LY", "BR YL", "YL BR", "LY RB"];

    private static readonly MagickFormat[] Formats = [MagickFormat.Jpeg, MagickFormat.Png, MagickFormat.WebP, MagickFormat.Tiff];

    public static TheoryData<MagickFormat, int> Files { get; } = [.. Formats.SelectMany(format => Enumerable.Range(1, 8).Select(number => (format, number)))];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task An_image_is_turned_as_a_viewer_shows_it(MagickFormat format, int orientation)
    {
        var prepared = await TestImages.PrepareAsync(TestImages.File(format, change: image => Orient(image, (ushort)orientation)));

        Assert.Equal(Shown[orientation - 1], TestImages.Colors(prepared));
        Assert.Equal(orientation > 1, prepared.Report.Changes.HasFlag(ImageChanges.Oriented));
        Assert.Equal(orientation > 4 ? new(300, 400) : new(400, 300), prepared.Report.Size);
        using var image = TestImages.Decode(prepared);
        Assert.Contains(image.Orientation, new[] { Orientation.Undefined, Orientation.TopLeft });
    }

    // A phone writes its rotation twice: as a property of HEIF, which a decoder applies, and in EXIF.
    [Fact]
    public async Task A_phones_HEIC_is_turned_once()
    {
        var prepared = await TestImages.PrepareAsync(TestImages.Fixture("phone.heic"));

        Assert.Equal(Shown[5], TestImages.Colors(prepared));
        Assert.Equal(new(300, 400), prepared.Report.Size);
    }

    private static void Orient(MagickImage image, ushort orientation)
    {
        var exif = new ExifProfile();
        exif.SetValue(ExifTag.Orientation, orientation);
        image.SetProfile(exif);
        image.Orientation = (Orientation)orientation;
    }
}
