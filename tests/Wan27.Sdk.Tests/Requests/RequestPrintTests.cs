namespace Wan27.Sdk.Tests.Requests;

public class RequestPrintTests
{
    public static TheoryData<VideoGenerationRequest> Requests { get; } =
    [
        new ImageToVideoRequest { Prompt = "canary", NegativePrompt = "canary", Image = Url, Audio = Url },
        new TextToVideoRequest { Prompt = "canary", NegativePrompt = "canary", Audio = Url },
        new ReferenceToVideoRequest { Prompt = "canary", NegativePrompt = "canary", ReferenceImages = [Url], ReferenceVideos = [Url], FirstFrameImage = Url },
    ];

    private static MediaSource Url => MediaSource.FromUri("https://canary.example.com/x.png?sig=canary");

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_printed_request_shows_its_settings_but_no_prompt_and_no_address(VideoGenerationRequest request)
    {
        var printed = (request with { Duration = VideoDuration.FiveSeconds, Resolution = VideoResolution.P720, ClientRequestId = "order-1" }).ToString();

        Assert.DoesNotContain("canary", printed, StringComparison.Ordinal);
        Assert.Equal($"{request.GetType().Name} {{ Model = {request.Model}, Resolution = 720p, Duration = 5 s, ClientRequestId = order-1 }}", printed);
    }

    [Fact]
    public void A_printed_source_shows_neither_content_nor_address() =>
        Assert.DoesNotContain("canary", string.Concat(Url, MediaSource.FromFile("/canary.png"), MediaSource.FromBytes("canary"u8.ToArray())), StringComparison.Ordinal);
}
