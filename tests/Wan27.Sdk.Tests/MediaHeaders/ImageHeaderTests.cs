using Wan27.Sdk.Media;

namespace Wan27.Sdk.Tests.MediaHeaders;

public sealed class ImageHeaderTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(6, true)]
    public void A_PNG_has_alpha_by_its_color_type(byte colorType, bool hasAlpha) =>
        Assert.Equal(new ImageSize(1920, 1080, hasAlpha), Read(ImageFiles.Png(1920, 1080, colorType, "gAMA")));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_PNG_with_transparent_colors_has_alpha(byte colorType) =>
        Assert.Equal(new ImageSize(300, 400, true), Read(ImageFiles.Png(300, 400, colorType, "PLTE", "tRNS")));

    [Theory]
    [InlineData(0xC0)]
    [InlineData(0xC1)]
    [InlineData(0xC2)]
    [InlineData(0xCE)]
    public void A_JPEG_is_measured_by_its_frame(byte frame) =>
        Assert.Equal(
            new ImageSize(1280, 720, false),
            Read(ImageFiles.Jpeg(1280, 720, frame, ImageFiles.Segment(0xE0, new byte[14]), ImageFiles.Segment(0xC4, new byte[30]))));

    [Theory]
    [InlineData(1, false), InlineData(2, false), InlineData(3, false), InlineData(4, false)]
    [InlineData(5, true), InlineData(6, true), InlineData(7, true), InlineData(8, true)]
    [InlineData(0, false), InlineData(9, false), InlineData(65535, false)]
    public void A_JPEG_is_rotated_by_its_orientation_in_both_byte_orders(ushort orientation, bool isTurned)
    {
        var expected = isTurned ? new ImageSize(720, 1280, false) : new ImageSize(1280, 720, false);

        Assert.Equal(expected, Read(ImageFiles.Jpeg(1280, 720, 0xC0, ImageFiles.Exif(orientation, isLittleEndian: true))));
        Assert.Equal(expected, Read(ImageFiles.Jpeg(1280, 720, 0xC0, ImageFiles.Exif(orientation, isLittleEndian: false))));
    }

    [Fact]
    public void A_JPEG_may_have_fill_bytes_before_a_marker_and_a_broken_Exif_segment()
    {
        byte[] filled = [0xFF, 0xFF, 0xFF, .. ImageFiles.Segment(0xFE, [1, 2, 3])];
        byte[] broken = ImageFiles.Segment(0xE1, [.. "Exif\0\0II"u8, 42, 0, 0xFF, 0xFF, 0xFF, 0xFF]);

        Assert.Equal(new ImageSize(640, 480, false), Read(ImageFiles.Jpeg(640, 480, 0xC0, filled, broken)));
    }

    [Fact]
    public void A_BMP_may_be_top_down_and_may_have_the_old_header()
    {
        Assert.Equal(new ImageSize(800, 600, false), Read(ImageFiles.Bmp(800, 600)));
        Assert.Equal(new ImageSize(800, 600, false), Read(ImageFiles.Bmp(800, -600)));
        Assert.Equal(new ImageSize(1L << 31, 1L << 31, false), Read(ImageFiles.Bmp(int.MinValue, int.MinValue)));
        Assert.Equal(new ImageSize(320, 65_535, false), Read(ImageFiles.OldBmp(320, 65_535)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_WebP_is_measured_in_each_of_its_three_forms(bool hasAlpha)
    {
        Assert.Equal(new ImageSize(1000, 700, false), Read(ImageFiles.LossyWebp(1000, 700)));
        Assert.Equal(new ImageSize(16_384, 1, hasAlpha), Read(ImageFiles.LosslessWebp(16_384, 1, hasAlpha)));
        Assert.Equal(new ImageSize(70_000, 1 << 24, hasAlpha), Read(ImageFiles.ExtendedWebp(70_000, 1 << 24, hasAlpha)));
    }

    [Theory]
    [InlineData("has a segment of length 1", new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0, 1 })]
    [InlineData("has no frame header before its image", new byte[] { 0xFF, 0xD8, 0xFF, 0xDA, 0, 8 })]
    [InlineData("looks incomplete: it ends within its header. Save or download it again, or set SkipValidation to send it unchanged", new byte[] { 0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF })]
    public void An_invalid_JPEG_is_reported_with_its_problem(string problem, byte[] bytes) =>
        Assert.Equal(problem, Assert.Throws<InvalidDataException>(() => Read(bytes)).Message);

    [Fact]
    public void An_endless_header_is_refused_soon()
    {
        byte[] fill = [.. Enumerable.Repeat((byte)0xFF, 990), 0xE1, 0, 8, .. "Exif\0\0"u8];
        var media = new CountingMedia([0xFF, 0xD8, .. Enumerable.Repeat(fill, 2_000).SelectMany(part => part)]);

        Assert.Throws<InvalidDataException>(() => ImageHeaders.Read("JPEG", new HeaderReader(media)));
        Assert.InRange(media.Reads, 1, 10_000);
    }

    [Fact]
    public void Thousands_of_comments_do_not_make_an_image_invalid()
    {
        var comments = Enumerable.Repeat(ImageFiles.Segment(0xFE, [1, 2, 3]), 5_000).ToArray();

        Assert.Equal(new ImageSize(640, 480, false), Read(ImageFiles.Jpeg(640, 480, 0xC0, comments)));
        Assert.Equal(new ImageSize(640, 480, false), Read(ImageFiles.Png(640, 480, 2, [.. Enumerable.Repeat("tEXt", 5_000)])));
    }

    [Fact]
    public void Bytes_between_the_segments_of_a_JPEG_are_passed_over() =>
        Assert.Equal(new ImageSize(640, 480, false), Read(ImageFiles.Jpeg(640, 480, 0xC0, ImageFiles.Segment(0xFE, [1]), [0x12, 0x34, 0xFF, 0])));

    [Theory]
    [InlineData("PNG")]
    [InlineData("JPEG")]
    [InlineData("BMP")]
    [InlineData("old BMP")]
    [InlineData("lossy WEBP")]
    [InlineData("lossless WEBP")]
    [InlineData("extended WEBP")]
    public void A_file_that_was_cut_anywhere_is_incomplete(string name)
    {
        var complete = name switch
        {
            "PNG" => ImageFiles.Png(640, 480, 2, "tEXt"),
            "JPEG" => ImageFiles.Jpeg(640, 480, 0xC0, ImageFiles.Segment(0xFE, [1, 2, 3])),
            "BMP" => ImageFiles.Bmp(640, 480),
            "old BMP" => ImageFiles.OldBmp(640, 480),
            "lossy WEBP" => ImageFiles.LossyWebp(640, 480),
            "lossless WEBP" => ImageFiles.LosslessWebp(640, 480, hasAlpha: false),
            _ => ImageFiles.ExtendedWebp(640, 480, hasAlpha: false),
        };
        Assert.Equal(new ImageSize(640, 480, false), Read(complete));

        for (var length = 18; length < complete.Length; length++)
            Assert.StartsWith("looks incomplete", Assert.Throws<InvalidDataException>(() => Read(complete[..length])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(50_000)]
    public void A_JPEG_that_ends_in_zeros_is_complete_only_with_an_end_marker_before_them(int zeros)
    {
        var complete = ImageFiles.Jpeg(640, 480, 0xC0);

        Assert.Equal(new ImageSize(640, 480, false), Read([.. complete, .. new byte[zeros]]));
        Assert.Contains("no end marker", Assert.Throws<InvalidDataException>(() => Read([.. complete[..^2], .. new byte[zeros]])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_end_marker_of_a_JPEG_may_be_in_two_blocks_and_the_thumbnail_has_none()
    {
        byte[] thumbnail = ImageFiles.Segment(0xE1, [0xFF, 0xD8, 0xFF, 0xD9]);

        for (var before = 16_370; before < 16_390; before++)
            Assert.Equal(new ImageSize(640, 480, false), Read([.. ImageFiles.Jpeg(640, 480, 0xC0)[..^2], .. new byte[before], 0xFF, 0xD9, .. new byte[40_000]]));
        Assert.Throws<InvalidDataException>(() => Read(ImageFiles.Jpeg(640, 480, 0xC0, thumbnail)[..^2]));
    }

    [Fact]
    public void A_lossless_or_12_bit_JPEG_is_refused_by_its_kind()
    {
        var precise = ImageFiles.Jpeg(640, 480, 0xC1);
        precise[6] = 12;

        Assert.Contains("lossless", Assert.Throws<InvalidDataException>(() => Read(ImageFiles.Jpeg(640, 480, 0xC3))).Message, StringComparison.Ordinal);
        Assert.Contains("12 bits", Assert.Throws<InvalidDataException>(() => Read(precise)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_PNG_with_a_wrong_checksum_of_its_header_is_damaged()
    {
        var damaged = ImageFiles.Png(640, 480, 2);
        damaged[17] ^= 1;

        Assert.Contains("checksum", Assert.Throws<InvalidDataException>(() => Read(damaged)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_animated_WebP_is_refused()
    {
        var animated = ImageFiles.ExtendedWebp(640, 480, hasAlpha: false);
        animated[20] |= 2;

        Assert.Contains("animated", Assert.Throws<InvalidDataException>(() => Read(animated)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(255, false)]
    [InlineData(254, true)]
    public void A_palette_has_alpha_if_a_color_is_not_opaque(byte alpha, bool hasAlpha)
    {
        var bytes = ImageFiles.Png(640, 480, 3, "PLTE", "tRNS");
        var content = bytes.AsSpan().IndexOf("tRNS"u8) + 4;
        bytes.AsSpan(content, 6).Fill(byte.MaxValue);
        bytes[content + 5] = alpha;

        Assert.Equal(hasAlpha, Read(bytes).HasAlpha);
    }

    private static ImageSize Read(byte[] bytes)
    {
        var media = new CountingMedia(bytes);
        return ImageHeaders.Read(MediaFormat.Detect(media.Head())!.Name, new HeaderReader(media));
    }
}
