using System.Text.Json;

namespace Wan27.Sdk.Tests.Requests;

public class OpenValueTests
{
    [Theory]
    [InlineData("\"1080p\"")]
    [InlineData("\"4k-tomorrow\"")]
    [InlineData("\"\"")]
    public void A_known_or_unknown_value_round_trips_as_a_plain_string(string json)
    {
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<VideoResolution>(json)));
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<AspectRatio>(json)));
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<ShotType>(json)));
        Assert.Equal(json == "\"\"" ? "\"unknown\"" : json, JsonSerializer.Serialize(JsonSerializer.Deserialize<GenerationStatus>(json)));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("7")]
    [InlineData("0")]
    public void A_duration_round_trips_as_a_plain_integer(string json) =>
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<VideoDuration>(json)));

    [Fact]
    public void The_named_values_are_those_of_the_service()
    {
        Assert.Equal(["720p", "1080p"], [VideoResolution.P720.Value, VideoResolution.P1080.Value]);
        Assert.Equal(
            ["16:9", "9:16", "1:1", "4:3", "3:4"],
            new[] { AspectRatio.Landscape16x9, AspectRatio.Portrait9x16, AspectRatio.Square, AspectRatio.Landscape4x3, AspectRatio.Portrait3x4 }.Select(ratio => ratio.Value));
        Assert.Equal(["single", "multi"], [ShotType.Single.Value, ShotType.Multi.Value]);
        Assert.Equal([5, 10, 15], [VideoDuration.FiveSeconds.Seconds, VideoDuration.TenSeconds.Seconds, VideoDuration.FifteenSeconds.Seconds]);
    }

    [Fact]
    public void A_value_created_from_its_name_equals_the_named_value()
    {
        Assert.Equal(VideoResolution.P1080, new VideoResolution("1080p"));
        Assert.Equal(VideoDuration.FiveSeconds, new VideoDuration(5));
    }
}
