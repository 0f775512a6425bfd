using CsCheck;

namespace Wan27.Sdk.Tests.Requests;

public class RandomRequestTests
{
    private const string Seed = "0000KOIPe036";

    private static readonly Gen<string> Prompt = Gen.String[Gen.Char["aZ9 .\"\\/<>&+'\n\tüß漢…"], 1, 300].Where(text => !string.IsNullOrWhiteSpace(text));
    private static readonly Gen<bool?> Flag = Gen.OneOf<bool?>(null, true, false);
    private static readonly Gen<long?> Number = Gen.Long[0, int.MaxValue].Nullable();
    private static readonly Gen<string?> Negative = Gen.String[0, 500].Null();
    private static readonly Gen<VideoDuration?> Duration = Gen.OneOf<VideoDuration?>(null, VideoDuration.FiveSeconds, VideoDuration.TenSeconds);
    private static readonly Gen<VideoResolution?> Resolution = Gen.OneOf<VideoResolution?>(null, VideoResolution.P720, VideoResolution.P1080);
    private static readonly Gen<AspectRatio?> Ratio = Gen.OneOf<AspectRatio?>(
        null, AspectRatio.Landscape16x9, AspectRatio.Portrait9x16, AspectRatio.Square, AspectRatio.Landscape4x3, AspectRatio.Portrait3x4);

    private static readonly Gen<MediaSource> Image = Media(Samples.Png);
    private static readonly Gen<MediaSource> Video = MediaOf(rest => [.. VideoFiles.FileType(), .. VideoFiles.Movie(5), .. VideoFiles.Box("mdat", rest)]);
    private static readonly Gen<MediaSource?> Audio = Media(Samples.Wav).Null(0.5);

    private static readonly Gen<VideoGenerationRequest> Requests = Gen.OneOf(
        Gen.Select(Image, Audio, Flag, (image, audio, watermark) => (VideoGenerationRequest)new ImageToVideoRequest
        {
            Prompt = "",
            Image = image,
            Audio = audio,
            Watermark = watermark,
        }),
        Gen.Select(Audio, Ratio, Flag, Gen.OneOf<ShotType?>(null, ShotType.Single, ShotType.Multi), (audio, ratio, generatesAudio, shot) => (VideoGenerationRequest)new TextToVideoRequest
        {
            Prompt = "",
            Audio = audio,
            AspectRatio = ratio,
            GenerateAudio = generatesAudio,
            ShotType = shot,
        }),
        Gen.Select(Image.List[0, 2], Video.List[0, 3], Image, Ratio, Gen.Bool, (images, videos, frame, ratio, hasFrame) => (VideoGenerationRequest)new ReferenceToVideoRequest
        {
            Prompt = "",
            ReferenceImages = images.Count + videos.Count == 0 ? [frame] : images,
            ReferenceVideos = videos,
            FirstFrameImage = hasFrame ? frame : null,
            AspectRatio = hasFrame ? null : ratio,
        }));

    private static readonly Gen<VideoGenerationRequest> Complete = Gen.Select(Requests, Prompt, Negative, Gen.Select(Flag, Number, Duration, Resolution), (request, prompt, negative, common) =>
        request with { Prompt = prompt, NegativePrompt = negative, EnhancePrompt = common.Item1, Seed = common.Item2, Duration = common.Item3, Resolution = common.Item4 });

    [Fact]
    public async Task A_request_without_problems_is_never_refused_by_the_schema_of_the_service() =>
        await Complete.SampleAsync(
            async request =>
            {
                Assert.Empty(request.Validate());
                Assert.Empty(BodySchema.Refusals(await Bodies.OfAsync(request)));
            },
            seed: Seed,
            iter: 2_000,
            threads: 1);

    [Theory]
    [InlineData("""{"model":"alibaba/wan-2-7-t2v","prompt":"p","duration":"5"}""", "duration is \"5\"")]
    [InlineData("""{"model":"alibaba/wan-2-7-t2v","prompt":"p","duration":5.0}""", "duration is 5.0")]
    [InlineData("""{"model":"alibaba/wan-2-7-i2v","prompt":"p"}""", "image_url is missing")]
    [InlineData("""{"model":"alibaba/wan-2-7-t2v","prompt":"p","watermark":true}""", "watermark is unknown")]
    [InlineData("""{"model":"alibaba/wan-2-7-t2v","prompt":"p","seed":null}""", "seed is null")]
    [InlineData("""{"model":"alibaba/wan-2-7-t2v","prompt":"p","prompt":"p"}""", "prompt occurs twice")]
    [InlineData("""{"model":"alibaba/wan-2-7-i2v","prompt":"p","image_url":"data:image/png;base64,AA\u003d"}""", "image_url is \"data:image/png;base64,AA\\u003d\"")]
    public void The_schema_that_the_requests_are_held_against_refuses(string body, string refusal) =>
        Assert.Equal([refusal], BodySchema.Refusals(body));

    private static Gen<MediaSource> Media(byte[] head) => MediaOf(rest => [.. head, .. rest]);

    private static Gen<MediaSource> MediaOf(Func<byte[], byte[]> file) => Gen.OneOf(
        Gen.Const(MediaSource.FromUri("https://example.com/a%2Fb?x=1&sig=a%2Bb%3D")),
        Gen.Byte.Array[0, 200].Select(rest => MediaSource.FromBytes(file(rest))));
}
