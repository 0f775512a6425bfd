using System.Buffers.Binary;
using System.Diagnostics;

namespace Wan27.Sdk.Imaging.Tests;

public sealed class LimitTests
{
    public static TheoryData<string> Bombs { get; } = ["PNG", "GIF", "JPEG", "WEBP"];

    // A few bytes whose header claims more than can be decoded.
    [Theory]
    [MemberData(nameof(Bombs))]
    public async Task A_decompression_bomb_is_refused_by_its_header(string format)
    {
        var file = Bomb(format);
        var before = Process.GetCurrentProcess().PeakWorkingSet64;

        var message = await TestImages.RefusalAsync(file, new() { MaxPixels = 10_000_000 });

        Assert.Matches(@"is \d+x\d+ px, [\d,]+ pixels; the limit is 10,000,000 \(ImagePreparationOptions.MaxPixels\)", message);
        Assert.InRange(Process.GetCurrentProcess().PeakWorkingSet64 - before, 0, 100_000_000);
    }

    [Fact]
    public async Task The_limit_of_pixels_is_inclusive()
    {
        var file = TestImages.File(MagickFormat.Jpeg);

        await TestImages.PrepareAsync(file, new() { MaxPixels = 120_000 });
        Assert.Contains("120,000 pixels; the limit is 119,999", await TestImages.RefusalAsync(file, new() { MaxPixels = 119_999 }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timeout_ends_the_preparation()
    {
        var file = TestImages.File(MagickFormat.Jpeg, 6000, 6000);

        Assert.StartsWith("was not prepared within 0.02 s", await TestImages.RefusalAsync(file, new() { Timeout = TimeSpan.FromMilliseconds(20) }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_running_preparation_can_be_canceled()
    {
        using var stream = new MemoryStream(TestImages.File(MagickFormat.Jpeg, 6000, 6000));
        using var canceled = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        var began = Stopwatch.GetTimestamp();

        var exception = await Assert.ThrowsAsync<OperationCanceledException>(() => MediaImage.PrepareAsync(stream, cancellationToken: canceled.Token));

        Assert.Equal(canceled.Token, exception.CancellationToken);
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 0.5);
    }

    [Fact]
    public void Options_are_validated()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImagePreparationOptions { MaxPixels = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImagePreparationOptions { Timeout = TimeSpan.Zero });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImagePreparationOptions { Timeout = TimeSpan.FromDays(2) });
    }

    private static byte[] Bomb(string format)
    {
        switch (format)
        {
            case "PNG":
                var png = TestImages.File(MagickFormat.Png);
                BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(16), 60_000);
                BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(20), 60_000);
                BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), Crc32(png.AsSpan(12, 17)));
                return png;
            case "GIF":
                var gif = TestImages.File(MagickFormat.Gif);
                var descriptor = gif.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x2C, 0, 0, 0, 0]);
                foreach (var size in new[] { 6, descriptor + 5 })
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(size), 60_000);
                    BinaryPrimitives.WriteUInt16LittleEndian(gif.AsSpan(size + 2), 60_000);
                }

                return gif;
            case "JPEG":
                var jpeg = TestImages.File(MagickFormat.Jpeg);
                var frame = jpeg.AsSpan().IndexOf([(byte)0xFF, (byte)0xC0]);
                BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), 60_000);
                BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), 60_000);
                return jpeg;
            default:
                var webp = TestImages.File(MagickFormat.WebP);
                Assert.Equal("VP8 "u8, webp.AsSpan(12, 4));
                BinaryPrimitives.WriteUInt16LittleEndian(webp.AsSpan(26), 16_383);
                BinaryPrimitives.WriteUInt16LittleEndian(webp.AsSpan(28), 16_383);
                return webp;
        }
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
