using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Xunit;

// cspell:ignore ultrafast testsrc mulaw libvpx libvorbis libopus libmp
namespace Wan27.Sdk.IntegrationTests.Media;

/// <summary>Files that ffmpeg writes: their durations are those that ffprobe finds.</summary>
public sealed class RealMediaTests : IDisposable
{
    private const double Tolerance = 0.1;
    private const string Sound = "-f lavfi -i sine=frequency=440:sample_rate=44100";
    private const string Picture = "-f lavfi -i testsrc=size=320x240:rate=24";
    private const string H264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string> Audio { get; } = new()
    {
        { "constant.mp3", $"{Sound} -t 3.3 -b:a 128k" },
        { "variable.mp3", $"{Sound} -t 3.3 -q:a 4" },
        { "no-header.mp3", $"{Sound} -t 3.3 -b:a 64k -write_xing 0 -id3v2_version 0" },
        { "mpeg-2.mp3", $"{Sound} -t 3.3 -ar 22050 -ac 1 -b:a 32k" },
        { "mpeg-2.5.mp3", $"{Sound} -t 3.3 -ar 8000 -ac 1 -b:a 8k" },
        { "tags.mp3", $"{Sound} -t 3.3 -metadata title=Sea -id3v2_version 3 -write_id3v1 1" },
        { "pcm.wav", $"{Sound} -t 3.3" },
        { "float.wav", $"{Sound} -t 3.3 -c:a pcm_f32le" },
        { "24-bit.wav", $"{Sound} -t 3.3 -c:a pcm_s24le -ac 6" },
        { "adpcm-ms.wav", $"{Sound} -t 3.3 -c:a adpcm_ms" },
        { "adpcm-ima.wav", $"{Sound} -t 3.3 -c:a adpcm_ima_wav" },
        { "mp3.wav", $"{Sound} -t 3.3 -c:a libmp3lame" },
        { "law.wav", $"{Sound} -t 3.3 -c:a pcm_mulaw" },
        { "rf64.wav", $"{Sound} -t 3.3 -rf64 always" },
    };

    public static TheoryData<string, string> Videos { get; } = new()
    {
        { "movie-last.mp4", $"{Picture} -t 3.3 {H264}" },
        { "movie-first.mp4", $"{Picture} -t 3.3 {H264} -movflags faststart" },
        { "with-sound.mp4", $"{Picture} {Sound} -t 3.3 {H264}" },
        { "fragments.mp4", $"{Picture} {Sound} -t 3.3 {H264} -g 24 -movflags frag_keyframe+empty_moov" },
        { "hybrid.mp4", $"{Picture} -t 3.3 {H264} -g 24 -movflags frag_keyframe" },
        { "dash.mp4", $"{Picture} -t 3.3 {H264} -g 24 -movflags dash+frag_keyframe+empty_moov+default_base_moof" },
        { "quicktime.mov", $"{Picture} {Sound} -t 3.3 {H264}" },
        { "late.mp4", $"{Picture} -t 3.3 {H264} -output_ts_offset 1" },
        { "cut.mp4", $"-ss 0.7 {Picture} -t 3.3 {H264} -bf 2" },
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Audio))]
    [MemberData(nameof(Videos))]
    public async Task A_file_lasts_as_long_as_ffprobe_finds(string name, string arguments)
    {
        await MakeAsync(name, arguments);
        var expected = double.Parse(
            await RunAsync("ffprobe", ["-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", folder[name]]), CultureInfo.InvariantCulture);

        var info = await MediaSource.FromFile(folder[name]).InspectAsync(Cancellation);

        Assert.Null(info.Problem);
        Assert.Equal(expected, info.Duration!.Value.TotalSeconds, Tolerance);
    }

    [Theory]
    [MemberData(nameof(Videos))]
    public async Task Half_of_a_video_is_a_problem(string name, string arguments)
    {
        await MakeAsync(name, arguments);
        var file = await File.ReadAllBytesAsync(folder[name], Cancellation);

        var info = await MediaSource.FromBytes(file.AsMemory(0, file.Length / 2)).InspectAsync(Cancellation);

        Assert.Contains("looks incomplete", info.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audio.mp4", $"{Sound} -t 3 -c:a aac", "has no video")]
    [InlineData("audio.m4a", $"{Sound} -t 3 -c:a aac", "is an M4A audio file")]
    [InlineData("audio.aac", $"{Sound} -t 3 -c:a aac", "is an AAC audio file")]
    [InlineData("tagged.aac", $"{Sound} -t 3 -c:a aac -f adts -write_id3v2 1 -metadata title=Sea", "is an AAC audio file")]
    [InlineData("audio.flac", $"{Sound} -t 3", "is a FLAC audio file")]
    [InlineData("audio.ogg", $"{Sound} -t 3 -c:a libvorbis", "is an OGG file")]
    [InlineData("audio.opus", $"{Sound} -t 3 -c:a libopus", "is an Opus audio file")]
    [InlineData("audio.aiff", $"{Sound} -t 3", "is an AIFF audio file")]
    [InlineData("audio.wma", $"{Sound} -t 3", "is a WMA or WMV file")]
    [InlineData("video.webm", $"{Picture} -t 1 -c:v libvpx", "is a WEBM video")]
    [InlineData("video.mkv", $"{Picture} -t 1 {H264}", "is an MKV video")]
    [InlineData("video.avi", $"{Picture} -t 1", "is an AVI video")]
    [InlineData("video.ts", $"{Picture} -t 1 {H264}", "is a TS video")]
    [InlineData("video.flv", $"{Picture} -t 1 -c:v flv", "is an FLV video")]
    public async Task Another_format_is_named(string name, string arguments, string expected)
    {
        await MakeAsync(name, arguments);

        Assert.Contains(expected, (await MediaSource.FromFile(folder[name]).InspectAsync(Cancellation)).Problem, StringComparison.Ordinal);
    }

    private Task<string> MakeAsync(string name, string arguments) => RunAsync("ffmpeg", ["-v", "error", "-y", .. arguments.Split(' '), folder[name]]);

    private static async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true })!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync(Cancellation);
            var output = await process.StandardOutput.ReadToEndAsync(Cancellation);
            await process.WaitForExitAsync(Cancellation);
            Assert.True(process.ExitCode == 0, await errors);
            return output;
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("CI") is null)
        {
            Assert.Skip($"{program} is not installed.");
            throw;
        }
    }
}
