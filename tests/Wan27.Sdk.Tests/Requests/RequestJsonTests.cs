using System.Text.Json;

namespace Wan27.Sdk.Tests.Requests;

public class RequestJsonTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    [Fact]
    public void A_request_of_text_can_be_the_body_of_an_endpoint()
    {
        var request = JsonSerializer.Deserialize<TextToVideoRequest>(
            """{"prompt":"a fox","duration":5,"resolution":"720p","aspectRatio":"9:16","shotType":"multi","seed":7}""", Web)!;

        Assert.Equal("a fox", request.Prompt);
        Assert.Equal(VideoDuration.FiveSeconds, request.Duration);
        Assert.Equal(VideoResolution.P720, request.Resolution);
        Assert.Equal(AspectRatio.Portrait9x16, request.AspectRatio);
        Assert.Equal(ShotType.Multi, request.ShotType);
        Assert.Equal(7, request.Seed);
        Assert.Equal(TextToVideoRequest.DefaultModel, request.Model);
    }
}
