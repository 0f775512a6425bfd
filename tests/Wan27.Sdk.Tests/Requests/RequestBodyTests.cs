using System.Text.Json.Nodes;

namespace Wan27.Sdk.Tests.Requests;

public class RequestBodyTests
{
    public static TheoryData<VideoGenerationRequest, string> Complete { get; } = new()
    {
        {
            new ImageToVideoRequest
            {
                Prompt = "Zoë calls \"hi\" + ünïcödé 😀\nand leaves",
                Image = MediaSource.FromUri("https://example.com/a%2Fb.jpg?sig=a%2Bb&x=1"),
                Audio = MediaSource.FromUri("http://example.com/a.mp3"),
                Resolution = VideoResolution.P720,
                Duration = VideoDuration.FiveSeconds,
                NegativePrompt = "rain",
                EnhancePrompt = true,
                Seed = int.MaxValue,
                Watermark = false,
            },
            """
            {"model":"alibaba/wan-2-7-i2v","prompt":"Zoë calls \"hi\" + ünïcödé 😀\nand leaves","image_url":"https://example.com/a%2Fb.jpg?sig=a%2Bb&x=1",
             "audio_url":"http://example.com/a.mp3","resolution":"720p","duration":5,"negative_prompt":"rain","enhance_prompt":true,
             "enable_prompt_expansion":true,"seed":2147483647,"watermark":false}
            """
        },
        {
            new TextToVideoRequest
            {
                Prompt = "a lighthouse",
                Audio = MediaSource.FromUri("https://example.com/a.wav"),
                AspectRatio = AspectRatio.Portrait9x16,
                Resolution = VideoResolution.P1080,
                Duration = VideoDuration.FifteenSeconds,
                NegativePrompt = new string('n', 501),
                ShotType = ShotType.Multi,
                GenerateAudio = false,
                EnhancePrompt = false,
                Seed = 0,
            },
            $$"""
            {"model":"alibaba/wan-2-7-t2v","prompt":"a lighthouse","audio_url":"https://example.com/a.wav","aspect_ratio":"9:16",
             "resolution":"1080p","duration":15,"negative_prompt":"{{new string('n', 501)}}","shot_type":"multi","generate_audio":false,
             "enhance_prompt":false,"seed":0}
            """
        },
        {
            new ReferenceToVideoRequest
            {
                Prompt = "they dance",
                ReferenceImages = [MediaSource.FromUri("https://example.com/1.jpg"), MediaSource.FromUri("https://example.com/2.jpg")],
                ReferenceVideos = [MediaSource.FromUri("https://example.com/3.mp4")],
                FirstFrameImage = MediaSource.FromUri("https://example.com/4.jpg"),
                Resolution = VideoResolution.P720,
                Duration = VideoDuration.TenSeconds,
                NegativePrompt = "rain",
                EnhancePrompt = true,
                Seed = 7,
                Watermark = true,
            },
            """
            {"model":"alibaba/wan-2-7-r2v","prompt":"they dance","image_urls":["https://example.com/1.jpg","https://example.com/2.jpg"],
             "video_urls":["https://example.com/3.mp4"],"first_frame_image":"https://example.com/4.jpg","resolution":"720p","duration":10,
             "negative_prompt":"rain","enhance_prompt":true,"seed":7,"watermark":true}
            """
        },
        {
            Samples.Reference with { AspectRatio = AspectRatio.Landscape4x3 },
            """{"model":"alibaba/wan-2-7-r2v","prompt":"they dance","image_urls":["https://example.com/mona.jpg"],"aspect_ratio":"4:3"}"""
        },
    };

    public static TheoryData<VideoGenerationRequest, string> Bare { get; } = new()
    {
        { Samples.Image, """{"model":"alibaba/wan-2-7-i2v","prompt":"she smiles","image_url":"https://example.com/mona.jpg"}""" },
        { Samples.Text, """{"model":"alibaba/wan-2-7-t2v","prompt":"a lighthouse at dusk"}""" },
        { Samples.Reference, """{"model":"alibaba/wan-2-7-r2v","prompt":"they dance","image_urls":["https://example.com/mona.jpg"]}""" },
    };

    [Theory]
    [MemberData(nameof(Complete))]
    public async Task Every_property_is_sent_as_the_field_in_the_reference_of_the_service(VideoGenerationRequest request, string expected) =>
        AssertSameJson(expected, await Bodies.OfAsync(request));

    [Theory]
    [MemberData(nameof(Bare))]
    public async Task A_property_left_null_is_not_sent(VideoGenerationRequest request, string expected) =>
        AssertSameJson(expected, await Bodies.OfAsync(request));

    private static void AssertSameJson(string expected, string actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(actual)), actual);
}
