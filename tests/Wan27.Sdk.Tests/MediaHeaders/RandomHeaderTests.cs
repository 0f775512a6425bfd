using CsCheck;
using Wan27.Sdk.Media;
using static Wan27.Sdk.TestSupport.ImageFiles;
using static Wan27.Sdk.TestSupport.AudioFiles;
using static Wan27.Sdk.TestSupport.VideoFiles;

namespace Wan27.Sdk.Tests.MediaHeaders;

/// <summary>However a file is cut and corrupted, its header is measured or refused: nothing else is thrown, and little is read.</summary>
public sealed class RandomHeaderTests
{
    private const int MaxReads = 100_000;

    private static readonly (string Format, byte[] Bytes)[] Valid =
    [
        ("PNG", Png(640, 480, 2, "gAMA", "tEXt", "tRNS")),
        ("PNG", Png(640, 480, 6)),
        ("JPEG", Jpeg(640, 480, 0xC0, Segment(0xE0, new byte[14]), Exif(6, isLittleEndian: true))),
        ("JPEG", Jpeg(640, 480, 0xC2, Exif(8, isLittleEndian: false), [0xFF, 0xFF, .. Segment(0xFE, new byte[40])])),
        ("BMP", Bmp(640, -480)),
        ("BMP", OldBmp(640, 480)),
        ("WEBP", LossyWebp(640, 480)),
        ("WEBP", LosslessWebp(640, 480, hasAlpha: true)),
        ("WEBP", ExtendedWebp(640, 480, hasAlpha: true)),
        ("WAV", Wav(8_000, 400, 400, Chunk("LIST", new byte[7]))),
        ("MP3", WithTag(WithCount(Mp3(3, 9, 0, false, 4), "Xing", 36, 10), 100)),
        ("MP3", WithCount(Mp3(2, 9, 0, true, 4), "VBRI", 36, 10)),
        ("MP3", FreeFormat(100, 4)),
        ("MP4", Mp4(5)),
        ("MP4", [.. FileType(), .. Data(), .. Movie(5)]),
        ("MP4", [.. FileType(), .. Box("moov", [.. MovieHeader(0), .. Track(1, "vide", 0), .. FragmentDefaults(1, 40)]), .. FragmentOf(1, 9, 9), .. Data()]),
    ];

    private static readonly Gen<(int Place, byte Value)[]> Changes =
        Gen.Select(Gen.Int[0, 700], Gen.OneOf(Gen.Byte, Of(0x00, 0x7F, 0x80, 0xFF))).Array[0, 12];

    [Fact]
    public void Every_size_is_read_as_it_was_written_in_every_format() =>
        Gen.Select(Gen.Int[1, 16_383], Gen.Int[1, 16_383], Gen.Bool, Gen.UShort[0, 9]).Sample(
            (width, height, hasAlpha, orientation) =>
            {
                var size = new ImageSize(width, height, HasAlpha: false);
                Assert.Equal(size with { HasAlpha = hasAlpha }, Size("PNG", Png(width, height, (byte)(hasAlpha ? 6 : 2), "gAMA")));
                Assert.Equal(size, Size("BMP", Bmp(width, hasAlpha ? height : -height)));
                Assert.Equal(size, Size("BMP", OldBmp((ushort)width, (ushort)height)));
                Assert.Equal(size, Size("WEBP", LossyWebp(width, height)));
                Assert.Equal(size with { HasAlpha = hasAlpha }, Size("WEBP", LosslessWebp(width, height, hasAlpha)));
                Assert.Equal(size with { HasAlpha = hasAlpha }, Size("WEBP", ExtendedWebp(width, height, hasAlpha)));
                Assert.Equal(
                    orientation is >= 5 and <= 8 ? new ImageSize(height, width, HasAlpha: false) : size,
                    Size("JPEG", Jpeg(width, height, 0xC0, Exif(orientation, hasAlpha))));
            },
            seed: "0N0XIzNsQ0O2", iter: 2_000, threads: 1);

    [Fact]
    public void Any_cut_or_changed_file_is_measured_or_refused_within_bounded_reads()
    {
        Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Double[0, 1.2], Changes, Gen.Bool).Sample(
            (file, part, changes, isLong) =>
            {
                var (format, bytes) = Valid[file];
                var spoilt = bytes[..(int)Math.Min(bytes.Length, part * bytes.Length)];
                foreach (var (place, value) in changes.Where(change => change.Place < spoilt.Length))
                    spoilt[place] = value;
                return IsMeasuredOrRefused(format, new CountingMedia(spoilt, isLong ? long.MaxValue : null));
            },
            seed: "0N0XIzNsQ0O2", iter: 50_000, threads: 1);
    }

    [Fact]
    public void Every_cut_of_every_file_is_measured_or_refused()
    {
        foreach (var (format, bytes) in Valid)
        {
            for (var length = 0; length <= bytes.Length; length++)
                Assert.True(IsMeasuredOrRefused(format, new CountingMedia(bytes[..length])));
        }
    }

    [Fact]
    public void Random_bytes_are_measured_or_refused_within_bounded_reads()
    {
        var noise = Gen.OneOf(Gen.Byte, Of(0xFF, 0xE1, 0x00)).Array[0, 3_000];
        Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Int[2, 40], noise).Sample(
            (file, kept, tail) => IsMeasuredOrRefused(Valid[file].Format, new CountingMedia([.. Valid[file].Bytes.Take(kept), .. tail])),
            seed: "0N0XIzNsQ0O2", iter: 20_000, threads: 1);
    }

    private static ImageSize Size(string format, byte[] bytes) => ImageHeaders.Read(format, new HeaderReader(new CountingMedia(bytes)));

    private static Gen<byte> Of(params byte[] values) => Gen.Int[0, values.Length - 1].Select(place => values[place]);

    private static bool IsMeasuredOrRefused(string format, CountingMedia media)
    {
        try
        {
            var header = new HeaderReader(media);
            if (format is "WAV" or "MP3")
                _ = AudioHeaders.Read(format, header);
            else if (format == "MP4")
                _ = new Mp4Header(header).Duration();
            else
                _ = ImageHeaders.Read(format, header);
        }
        catch (InvalidDataException)
        {
            // Refused.
        }

        return media.Reads <= MaxReads;
    }
}
