using Wan27.Sdk.Media;
using static Wan27.Sdk.TestSupport.AudioFiles;
using static Wan27.Sdk.TestSupport.ImageFiles;

namespace Wan27.Sdk.Tests.MediaHeaders;

/// <summary>The duration of audio by its frames or its data, whatever its headers claim.</summary>
public sealed class AudioHeaderTests
{
    private const double FrameSeconds = 1152 / 44_100.0;
    private const double SlowFrameSeconds = 576 / 22_050.0;

    private static readonly byte[] Speech = Mp3(3, 9, 0, isMono: false, frames: 100);
    private static readonly byte[] Slow = Mp3(2, 8, 0, isMono: true, frames: 100);

    public static TheoryData<string, byte[], double> Wavs { get; } = new()
    {
        { "plain", Wav(8_000, 20_000, 20_000), 2.5 },
        { "chunks before", Wav(8_000, 20_000, 20_000, Chunk("LIST", new byte[7]), Chunk("fact", new byte[4])), 2.5 },
        { "an odd chunk without padding", Wav(8_000, 20_000, 20_000, Chunk("LIST", new byte[7])[..^1]), 2.5 },
        { "a length of 0", Wav(8_000, 0, 20_000), 2.5 },
        { "an unknown length", Wav(8_000, uint.MaxValue, 20_000), 2.5 },
        { "a length beyond the end", Wav(8_000, 20_001, 20_000), 2.5 },
        { "an average of 0", WavOf(1, 1, 4_000, bytesPerSecond: 0, block: 2, bits: 16, new byte[20_000]), 2.5 },
        { "a wrong average", WavOf(1, 1, 4_000, bytesPerSecond: 1, block: 2, bits: 16, new byte[20_000]), 2.5 },
        { "no block length", WavOf(1, 2, 2_000, bytesPerSecond: 0, block: 0, bits: 16, new byte[20_000]), 2.5 },
        { "floating point", WavOf(3, 1, 2_000, bytesPerSecond: 0, block: 4, bits: 32, new byte[20_000]), 2.5 },
        { "extensible", WavOf(0xFFFE, 1, 4_000, bytesPerSecond: 0, block: 2, bits: 16, new byte[20_000], extension: [22, 0, 16, 0, 4, 0, 0, 0, 1, 0, .. new byte[14]]), 2.5 },
        { "ADPCM with a sample count", WavOf(2, 1, 4_000, bytesPerSecond: 9, block: 256, bits: 4, new byte[5_000], before: Chunk("fact", Little32(10_000))), 2.5 },
        { "MP3 in WAV", WavOf(0x55, 1, 4_000, bytesPerSecond: 2_000, block: 1, bits: 0, new byte[5_000], before: Chunk("fact", Little32(10_000))), 2.5 },
        { "ADPCM with an average", WavOf(2, 1, 4_000, bytesPerSecond: 2_000, block: 256, bits: 4, new byte[5_000]), 2.5 },
        { "RF64", Rf64(20_000, 20_000), 2.5 },
        { "RF64 with a length beyond the end", Rf64(long.MaxValue, 20_000), 2.5 },
    };

    public static TheoryData<string, byte[], double> Mp3s { get; } = new()
    {
        { "plain", Speech, 100 * FrameSeconds },
        { "MPEG 2", Slow, 100 * SlowFrameSeconds },
        { "MPEG 2.5", Mp3(0, 1, 2, isMono: false, frames: 100), 100 * 576 / 8_000.0 },
        { "a variable rate without a header", [.. Speech, .. Mp3(3, 14, 0, isMono: false, frames: 50), .. Mp3(3, 1, 0, isMono: false, frames: 50)], 200 * FrameSeconds },
        { "a header that claims more", WithCount(Mp3(3, 9, 0, false, 101), "Xing", 36, 9_999), 100 * FrameSeconds },
        { "an Info header", WithCount(Mp3(3, 9, 0, true, 101), "Info", 21, 0), 100 * FrameSeconds },
        { "a VBRI header", WithCount(Mp3(3, 9, 0, false, 101), "VBRI", 36, -1), 100 * FrameSeconds },
        { "joined files", [.. WithTag(WithCount(Mp3(3, 9, 0, false, 101), "Xing", 36, 100), 50), .. WithTag(WithCount(Mp3(3, 9, 0, false, 51), "Xing", 36, 50), 50)], 150 * FrameSeconds },
        { "joined files of two kinds", [.. Speech, .. Slow, .. Speech], (200 * FrameSeconds) + (100 * SlowFrameSeconds) },
        { "zeros first", [.. new byte[5_000], .. Speech], 100 * FrameSeconds },
        { "junk first", [.. "junk \u00FF\u00FB that is no frame"u8, .. Speech], 100 * FrameSeconds },
        { "half a frame first", [.. Speech[200..]], 99 * FrameSeconds },
        { "a tag", WithTag(Speech, 3_000), 100 * FrameSeconds },
        { "two tags", WithTag(WithTag(Speech, 30), 3_000), 100 * FrameSeconds },
        { "a tag and zeros", WithTag([.. new byte[2_000], .. Speech], 3_000), 100 * FrameSeconds },
        { "a tag of the wrong length", [.. "ID3"u8, 3, 0, 0, .. Big32(200), .. new byte[200], .. Speech], 100 * FrameSeconds },
        { "a tag that is longer than the file", [.. "ID3"u8, 3, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F, .. new byte[200], .. Speech], 100 * FrameSeconds },
        { "APEv2 first", [.. Ape(isHeader: true, 400), .. Speech], 100 * FrameSeconds },
        { "tags last", [.. Speech, .. Ape(isHeader: true, 400), .. "TAG"u8, .. new byte[125]], 100 * FrameSeconds },
        { "free format", FreeFormat(length: 500, frames: 100), 100 * FrameSeconds },
    };

    [Theory]
    [MemberData(nameof(Wavs))]
    public void A_WAV_lasts_as_long_as_its_data(string what, byte[] file, double seconds) => Assert.Equal((what, seconds), (what, Seconds(file)));

    [Theory]
    [MemberData(nameof(Mp3s))]
    public void An_MP3_lasts_as_long_as_its_frames(string what, byte[] file, double seconds)
    {
        Assert.Equal((what, Math.Round(seconds, 3)), (what, Math.Round(Seconds(file), 3)));
        Assert.Empty((Samples.Text with { Audio = MediaSource.FromBytes(file) }).Validate());
    }

    [Fact]
    public void A_WAV_without_a_rate_is_refused() =>
        Assert.Contains(
            "for a second",
            Assert.Throws<InvalidDataException>(() => Seconds(WavOf(2, 1, 0, bytesPerSecond: 0, block: 0, bits: 0, new byte[8]))).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_WAV_of_absurd_length_does_not_overflow()
    {
        var media = new CountingMedia(Wav(1, 0, 0), long.MaxValue);

        Assert.True(AudioHeaders.Read("WAV", new HeaderReader(media)) > TimeSpan.FromDays(1));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xF1, 0x50, 0x80, 0x10, 0x1F, 0xFC }, "is an AAC audio file")]
    [InlineData(new byte[] { 0x66, 0x4C, 0x61, 0x43, 0, 0, 0, 34 }, "is a FLAC audio file")]
    public void Other_audio_behind_a_tag_is_named(byte[] audio, string expected) =>
        Assert.Contains(
            expected,
            Assert.Single((Samples.Text with { Audio = MediaSource.FromBytes(WithTag([.. audio, .. new byte[2_000]], 100)) }).Validate()).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_file_in_which_four_bytes_look_like_a_frame_is_no_MP3() =>
        Assert.Contains(
            "of no format",
            Assert.Single((Samples.Text with { Audio = MediaSource.FromBytes((byte[])[.. new byte[100], .. Speech[..4], .. new byte[5_000]]) }).Validate()).Message,
            StringComparison.Ordinal);

    [Fact]
    public void An_MP3_of_only_synchronization_bytes_is_refused_soon()
    {
        var media = new CountingMedia([.. "ID3"u8, 4, 0, 0, 0, 0, 0, 0, .. Enumerable.Repeat((byte)0xFF, 1_000_000)]);

        Assert.Throws<InvalidDataException>(() => AudioHeaders.Read("MP3", new HeaderReader(media)));
        Assert.InRange(media.Reads, 1, 2_000);
    }

    private static double Seconds(byte[] bytes)
    {
        var media = new CountingMedia(bytes);
        return AudioHeaders.Read(MediaFormat.Detect(media.Head())?.Name ?? "MP3", new HeaderReader(media)).TotalSeconds;
    }
}
