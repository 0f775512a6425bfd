using static Wan27.Sdk.TestSupport.ImageFiles;

namespace Wan27.Sdk.Tests.Media;

public class MediaInfoTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_size_of_an_image_is_that_which_is_displayed()
    {
        var file = Jpeg(640, 480, 0xC0, Exif(6, isLittleEndian: true));

        Assert.Equal(
            new MediaInfo { Format = "JPEG", MediaType = "image/jpeg", Width = 480, Height = 640, Length = file.Length },
            await MediaSource.FromStream(new OneWayStream(file)).InspectAsync(Cancellation));
    }

    [Fact]
    public async Task Audio_and_video_have_a_duration()
    {
        Assert.Equal(TimeSpan.FromSeconds(5), (await MediaSource.FromBytes(Samples.Wav).InspectAsync(Cancellation)).Duration);
        Assert.Equal(TimeSpan.FromSeconds(5), (await MediaSource.FromBytes(Samples.Mp4).InspectAsync(Cancellation)).Duration);
    }

    [Fact]
    public async Task Media_that_cannot_be_used_has_a_reason()
    {
        Assert.Equal(
            new MediaInfo { Length = 6, Problem = "the bytes given is a GIF image, which the API does not accept; convert it to JPEG" },
            await MediaSource.FromBytes("GIF89a"u8.ToArray()).InspectAsync(Cancellation));
        Assert.Equal(
            new MediaInfo { Problem = "the stream given cannot be read to its end" },
            await MediaSource.FromStream(new OneWayStream(new byte[9], new IOException("The cable was cut."))).InspectAsync(Cancellation));
    }

    [Fact]
    public async Task Nothing_is_known_of_media_at_a_URL() => Assert.Equal(new MediaInfo(), await MediaSource.FromUri(Samples.ImageUrl).InspectAsync(Cancellation));
}
