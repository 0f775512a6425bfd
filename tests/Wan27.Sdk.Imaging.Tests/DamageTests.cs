namespace Wan27.Sdk.Imaging.Tests;

public sealed class DamageTests
{
    private static readonly MagickFormat[] Formats =
        [MagickFormat.Jpeg, MagickFormat.Pjpeg, MagickFormat.Png, MagickFormat.WebP, MagickFormat.Bmp, MagickFormat.Gif, MagickFormat.Tiff, MagickFormat.Jxl, MagickFormat.Jp2];

    public static TheoryData<MagickFormat, double> Cuts { get; } = [.. Formats.SelectMany(format => new[] { 0.1, 0.5, 0.9 }.Select(part => (format, part)))];

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task A_file_that_was_cut_is_refused(MagickFormat format, double part)
    {
        using var noise = new MagickImage("plasma:fractal", new MagickReadSettings { Width = 400, Height = 300 });
        var file = noise.ToByteArray(format);

        Assert.Matches("is damaged, or is an? .* image|looks incomplete: its JPEG data", await TestImages.RefusalAsync(file[..(int)(file.Length * part)]));
    }

    [Theory]
    [InlineData("plain.heic")]
    [InlineData("plain.avif")]
    [InlineData("phone.heic")]
    public async Task A_HEIF_that_was_cut_is_refused(string fixture)
    {
        var file = TestImages.Fixture(fixture);

        Assert.StartsWith("is damaged, or is a", await TestImages.RefusalAsync(file[..(file.Length * 3 / 4)]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_does_not_quote_the_file()
    {
        var file = TestImages.File(MagickFormat.Jpeg, change: image => image.SetAttribute("comment", "secret"));

        Assert.DoesNotContain("secret", await TestImages.RefusalAsync(file[..(file.Length / 2)]), StringComparison.Ordinal);
    }

    // Stray bytes between segments are common, and every viewer passes over them.
    [Fact]
    public async Task Stray_bytes_in_a_JPEG_are_not_damage()
    {
        var file = TestImages.File(MagickFormat.Jpeg);
        var tables = file.AsSpan().IndexOf([(byte)0xFF, (byte)0xDB]);

        var prepared = await TestImages.PrepareAsync([.. file[..tables], 0, 0, 0, .. file[tables..]]);

        Assert.Equal(TestImages.Quarters, TestImages.Colors(prepared));
    }

    [Fact]
    public async Task Every_short_file_with_a_signature_is_refused()
    {
        foreach (var signature in new[] { "\u00FF\u00D8\u00FF", "\u0089PNG\r\n\u001A\n", "BM", "GIF89a", "II*\0", "MM\0*", "\u00FF\n", "\0\0\u0001\0", "8BPS\0\u0001", "RIFF\0\0\0\0WEBP", "\0\0\0\u0018ftyp" + "heic\0\0\0\0heic" })
            Assert.StartsWith("is ", await TestImages.RefusalAsync([.. signature.Select(character => (byte)character)]), StringComparison.Ordinal);
    }
}
