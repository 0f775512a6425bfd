using Wan27.Sdk.Media;
using static Wan27.Sdk.TestSupport.AudioFiles;

namespace Wan27.Sdk.Tests.MediaHeaders;

public sealed class AudioHeaderTests
{
    [Fact]
    public void A_WAV_lasts_as_long_as_its_data()
    {
        Assert.Equal(2.5, Seconds(Wav(8_000, 20_000, 20_000)));
        Assert.Equal(2.5, Seconds(Wav(8_000, 20_000, 20_000, Chunk("LIST", new byte[7]), Chunk("fact", new byte[4]))));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(uint.MaxValue)]
    [InlineData(20_001u)]
    public void A_WAV_without_a_length_lasts_to_its_end(uint length) => Assert.Equal(2.5, Seconds(Wav(8_000, length, 20_000)));

    [Fact]
    public void A_WAV_without_a_rate_is_refused() =>
        Assert.Contains("for a second", Assert.Throws<InvalidDataException>(() => Seconds(Wav(0, 8, 8))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_WAV_of_absurd_length_does_not_overflow()
    {
        var media = new CountingMedia(Wav(1, 0, 0), long.MaxValue);

        Assert.True(AudioHeaders.Read("WAV", new HeaderReader(media)) > TimeSpan.FromDays(1));
    }

    [Theory]
    [InlineData(3, 9, 0, 128_000)]
    [InlineData(3, 14, 1, 320_000)]
    [InlineData(2, 8, 0, 64_000)]
    [InlineData(0, 1, 2, 8_000)]
    public void The_duration_of_an_MP3_with_a_constant_rate_follows_from_its_bytes(int version, int rate, int hertz, int bitsPerSecond)
    {
        var bytes = Mp3(version, rate, hertz, isMono: false, rest: 99_996);

        Assert.Equal(800_000.0 / bitsPerSecond, Seconds(bytes), 6);
        Assert.Equal(800_000.0 / bitsPerSecond, Seconds(WithTag(bytes, 3_000)), 6);
    }

    [Theory]
    [InlineData("Xing", 3, false, 36, 1152 / 44_100.0)]
    [InlineData("Info", 3, true, 21, 1152 / 44_100.0)]
    [InlineData("Xing", 2, false, 21, 576 / 22_050.0)]
    [InlineData("Info", 2, true, 13, 576 / 22_050.0)]
    [InlineData("Xing", 0, true, 13, 576 / 11_025.0)]
    [InlineData("VBRI", 3, false, 36, 1152 / 44_100.0)]
    [InlineData("VBRI", 2, true, 36, 576 / 22_050.0)]
    public void The_duration_of_an_MP3_with_a_frame_count_is_that_of_its_frames(
        string name, int version, bool isMono, int place, double secondsPerFrame)
    {
        var bytes = WithCount(Mp3(version, 9, 0, isMono, 5_000), name, place, 1_000);

        Assert.Equal(1_000 * secondsPerFrame, Seconds(bytes), 6);
        Assert.Equal(1_000 * secondsPerFrame, Seconds(WithTag(bytes, 20_000)), 6);
    }

    [Fact]
    public void The_duration_of_an_MP3_with_an_empty_count_follows_from_its_bytes() =>
        Assert.Equal(1, Seconds(WithCount(Mp3(3, 9, 0, isMono: false, rest: 15_996), "Xing", 36, frames: 0)), 6);

    [Fact]
    public void An_MP3_of_only_synchronization_bytes_is_refused_soon()
    {
        var media = new CountingMedia([.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0, .. Enumerable.Repeat((byte)0xFF, 1_000_000)]);

        Assert.Throws<InvalidDataException>(() => AudioHeaders.Read("MP3", new HeaderReader(media)));
        Assert.InRange(media.Reads, 1, 100);
    }

    private static double Seconds(byte[] bytes)
    {
        var media = new CountingMedia(bytes);
        return AudioHeaders.Read(MediaFormat.Detect(media.Head())!.Name, new HeaderReader(media)).TotalSeconds;
    }
}
