using System.Text.Json.Nodes;
using static Wan27.Sdk.TestSupport.ImageFiles;
using static Wan27.Sdk.TestSupport.AudioFiles;

namespace Wan27.Sdk.Tests.Media;

/// <summary>Compares the values in a header with the limits of the models before anything is sent.</summary>
public sealed class MediaLimitTests : IDisposable
{
    private const string Sides = "the range of each side is 240 to 8000 px";
    private const string Ratios = "the range is 1:8 to 8:1";

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, byte[], string[]> Images { get; } = new()
    {
        { "narrow", Png(239, 720, 2), [$"is 239x720 px; {Sides}"] },
        { "low", Bmp(720, -239), [$"is 720x239 px; {Sides}"] },
        { "wide", Jpeg(8_001, 4_000, 0xC0), [$"is 8001x4000 px; {Sides}"] },
        { "tall", LosslessWebp(4_000, 8_001, hasAlpha: true), [$"is 4000x8001 px; {Sides}"] },
        { "turned", Jpeg(239, 720, 0xC2, Exif(6, isLittleEndian: true)), [$"is 720x239 px; {Sides}"] },
        { "a strip", LossyWebp(1_921, 240), [$"is 1921x240 px, a ratio of 8.004:1; {Ratios}"] },
        { "a pole", ExtendedWebp(999, 7_993, hasAlpha: true), [$"is 999x7993 px, a ratio of 1:8.001; {Ratios}"] },
        { "a point", OldBmp(1, 1), [$"is 1x1 px; {Sides}"] },
        { "nothing", OldBmp(0, 65_535), [$"is 0x65535 px; {Sides}"] },
        { "the largest", Bmp(int.MinValue, 300), [$"is 2147483648x300 px; {Sides}", $"is 2147483648x300 px, a ratio of 7158278.827:1; {Ratios}"] },
        { "alpha", Png(640, 480, 6), ["is PNG with an alpha channel or a tRNS chunk, which counts even if all of it is opaque; remove it, or save the image as JPEG"] },
        { "transparent colors", Png(640, 480, 3, "PLTE", "tRNS"), ["is PNG with an alpha channel or a tRNS chunk, which counts even if all of it is opaque; remove it, or save the image as JPEG"] },
        {
            "everything", Png(100, 801, 4),
            [
                $"is 100x801 px; {Sides}", $"is 100x801 px, a ratio of 1:8.01; {Ratios}",
                "is PNG with an alpha channel or a tRNS chunk, which counts even if all of it is opaque; remove it, or save the image as JPEG",
            ]
        },
        { "cut", Samples.Png[..30], ["{0} (PNG) looks incomplete: it ends within its header. Save or download it again, or set SkipValidation to send it unchanged"] },
        { "no frame", [0xFF, 0xD8, 0xFF, 0xDA, 0, 8], ["{0} (JPEG) has no frame header before its image"] },
    };

    public static TheoryData<string, byte[], string[]> AudioFilesOutside { get; } = new()
    {
        { "short", Wav(1_000, 1_999, 1_999), ["lasts 1.999 s; the range is 2 to 30 s"] },
        { "long", Wav(1_000, 30_001, 30_001), ["lasts 30.001 s; the range is 2 to 30 s"] },
        { "a long MP3", Mp3(3, 1, 0, isMono: false, frames: 1_157), ["lasts 30.224 s; the range is 2 to 30 s"] },
        { "no rate", WavOf(2, 1, 0, 0, 0, 0, new byte[500]), ["{0} (WAV) does not say how many bytes it has for a second"] },
        { "a tag alone", WithTag([], 50), ["{0} (MP3) has no audio frame that another one follows"] },
    };

    public static TheoryData<byte[]> ImagesAtALimit { get; } =
    [
        Png(240, 240, 2), Png(8_000, 8_000, 0), Bmp(240, -1_920), Jpeg(8_000, 1_000, 0xC0), LossyWebp(1_920, 240),
        LosslessWebp(640, 480, hasAlpha: true), ExtendedWebp(640, 480, hasAlpha: true),
    ];

    public static TheoryData<byte[]> AudioAtALimit { get; } =
        [
            Wav(1_000, 2_000, 2_000), Wav(1_000, 30_000, 30_000), Wav(100_000, 3_000_001, 3_000_001),
            Mp3(3, 1, 0, isMono: false, frames: 77), Mp3(3, 1, 0, isMono: false, frames: 1_156),
        ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Images))]
    public async Task An_image_outside_a_limit_is_not_sent(string what, byte[] image, string[] messages)
    {
        foreach (var (source, name) in SourcesOf(image))
        {
            await AssertNotSentAsync(what, Samples.Image with { Image = source }, "Image", name, messages);
            await AssertNotSentAsync(what, Samples.Reference with { FirstFrameImage = source }, "FirstFrameImage", name, messages);
            await AssertNotSentAsync(what, Samples.Reference with { ReferenceImages = [MediaSource.FromBytes(Samples.Png), source] }, "ReferenceImages[1]", name, messages);
        }
    }

    [Theory]
    [MemberData(nameof(AudioFilesOutside))]
    public async Task An_audio_file_outside_a_limit_is_not_sent(string what, byte[] audio, string[] messages)
    {
        foreach (var (source, name) in SourcesOf(audio))
        {
            await AssertNotSentAsync(what, Samples.Image with { Audio = source }, "Audio", name, messages);
            await AssertNotSentAsync(what, Samples.Text with { Audio = source }, "Audio", name, messages);
        }
    }

    [Theory]
    [InlineData(0.999, "lasts 0.999 s; the range is 1 to 30 s")]
    [InlineData(30.101, "lasts 30.101 s; the range is 1 to 30 s")]
    public async Task A_reference_video_outside_a_limit_is_not_sent(double seconds, string message)
    {
        foreach (var (source, name) in SourcesOf(VideoFiles.Mp4(seconds)))
            await AssertNotSentAsync(name, Samples.Reference with { ReferenceVideos = [source] }, "ReferenceVideos[0]", name, [message]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(30.1)]
    public void A_reference_video_at_a_limit_has_no_problem(double seconds) =>
        Assert.Empty((Samples.Reference with { ReferenceVideos = [MediaSource.FromBytes(VideoFiles.Mp4(seconds))] }).Validate());

    [Theory]
    [MemberData(nameof(ImagesAtALimit))]
    public void An_image_at_a_limit_has_no_problem(byte[] image) =>
        Assert.Empty((Samples.Image with { Image = MediaSource.FromBytes(image) }).Validate());

    [Theory]
    [MemberData(nameof(AudioAtALimit))]
    public void An_audio_file_at_a_limit_has_no_problem(byte[] audio) =>
        Assert.Empty((Samples.Text with { Audio = MediaSource.FromBytes(audio) }).Validate());

    [Theory]
    [MemberData(nameof(Images))]
    public async Task A_caller_who_skips_validation_sends_any_image_completely(string what, byte[] image, string[] messages)
    {
        Assert.NotEmpty(messages);
        foreach (var (source, _) in SourcesOf(image))
        {
            using var service = ScriptedService.Unvalidated(TestResponse.Generation("queued"));

            await service.Client.CreateAsync(Samples.Image with { Image = source }, Cancellation);

            var sent = (string?)JsonNode.Parse(Assert.Single(service.Posts).Text)!["image_url"];
            Assert.True(sent?.EndsWith($";base64,{Convert.ToBase64String(image)}", StringComparison.Ordinal), what);
            Assert.StartsWith("data:image/", sent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_broken_header_of_the_wrong_kind_is_one_problem() =>
        Assert.Equal(
            new RequestProblem("Image", "is WAV; expected is image as JPEG, PNG, BMP, WEBP"),
            Assert.Single((Samples.Image with { Image = MediaSource.FromBytes(Wav(0, 500, 500)) }).Validate()));

    [Fact]
    public void Reading_a_header_allocates_a_few_hundred_bytes()
    {
        var request = Samples.Text with { Audio = MediaSource.FromBytes(Samples.Wav) };

        Assert.InRange(AllocatedBy(request) - AllocatedBy(Samples.Text), 1, 700);

        static long AllocatedBy(TextToVideoRequest request) => Enumerable.Range(0, 5).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            request.Validate();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });
    }

    private static async Task AssertNotSentAsync(string what, VideoGenerationRequest request, string member, string name, string[] messages)
    {
        using var service = ScriptedService.Guarded(TestResponse.Generation("queued"));

        var error = await Assert.ThrowsAsync<WanValidationException>(() => service.Client.CreateAsync(request, Cancellation));

        Assert.Equal(messages.Select(message => new RequestProblem(member, message.Replace("{0}", name, StringComparison.Ordinal))), error.Problems);
        Assert.True(service.Requests.Count == 0, what);
    }

    private IEnumerable<(MediaSource Source, string Name)> SourcesOf(byte[] content)
    {
        yield return (MediaSource.FromFile(folder.File("media.dat", content)), "media.dat");
        yield return (MediaSource.FromBytes(content), "the bytes given");
        yield return (MediaSource.FromStream(new MemoryStream(content)), "the stream given");
        yield return (MediaSource.FromStream(new OneWayStream(content)), "the stream given");
    }
}
