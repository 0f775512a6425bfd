using System.Text.Json.Nodes;

namespace Wan27.Sdk.Tests.Media;

public class StreamTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_that_seeks_is_sent_from_its_position_to_its_end_and_can_be_sent_again()
    {
        var image = Samples.PngOf(200_000);
        using var stream = new MemoryStream([1, 2, 3, .. image]);
        stream.Position = 3;

        await AssertSentTwiceAsync(MediaSource.FromStream(stream), image);
    }

    [Fact]
    public async Task A_stream_that_does_not_seek_is_kept_and_can_be_sent_again()
    {
        var image = Samples.PngOf(200_000);
        using var stream = new OneWayStream(image);

        await AssertSentTwiceAsync(MediaSource.FromStream(stream), image);
    }

    [Fact]
    public void A_stream_that_does_not_seek_can_be_validated_first()
    {
        using var stream = new OneWayStream([.. "no image"u8]);

        Assert.Equal(
            new RequestProblem("Image", "the stream given is of no format that the API accepts, by its first bytes"),
            Assert.Single((Samples.Image with { Image = MediaSource.FromStream(stream) }).Validate()));
    }

    [Fact]
    public async Task A_stream_that_seeks_but_refuses_synchronous_reads_and_grows_is_sent_to_its_end()
    {
        var image = Samples.PngOf(200_000);
        using var stream = new WebBodyStream(image);

        await AssertSentTwiceAsync(MediaSource.FromStream(stream), image);
    }

    [Fact]
    public void A_stream_that_refuses_synchronous_reads_can_be_validated_first()
    {
        using var stream = new WebBodyStream(Samples.PngOf(200_000));

        Assert.Empty((Samples.Image with { Image = MediaSource.FromStream(stream) }).Validate());
    }

    [Fact]
    public void A_stream_at_its_end_is_a_problem_with_its_position()
    {
        using var stream = new MemoryStream(Samples.Png);
        stream.Position = stream.Length;

        Assert.Equal(
            $"the stream given is at its end: its position was {stream.Length}. Set Position to 0 before FromStream",
            Assert.Single((Samples.Image with { Image = MediaSource.FromStream(stream) }).Validate()).Message);
    }

    [Fact]
    public async Task The_stream_is_not_disposed()
    {
        using var service = ScriptedService.Responding(TestResponse.Generation("queued"));
        using var stream = new MemoryStream(Samples.Png);

        await service.Client.CreateAsync(Samples.Image with { Image = MediaSource.FromStream(stream) }, Cancellation);

        Assert.True(stream.CanRead);
    }

    [Fact]
    public void A_stream_that_cannot_be_read_is_refused()
    {
        var stream = new MemoryStream();
        stream.Dispose();

        Assert.Throws<ArgumentException>(() => MediaSource.FromStream(stream));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_that_fails_is_an_error_of_the_media_and_nothing_is_sent(bool validates)
    {
        using var service = ScriptedService.Configured(
            isGuarded: true, options => options.SkipValidation = !validates, TestResponse.Generation("queued"));
        using var stream = new OneWayStream(Samples.PngOf(100_000), new IOException("The cable was cut."));
        var request = Samples.Image with { Image = MediaSource.FromStream(stream) };

        await Assert.ThrowsAsync<WanValidationException>(() => service.Client.CreateAsync(request, Cancellation));

        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task A_stream_that_broke_off_is_never_sent_as_the_rest_of_itself()
    {
        using var service = ScriptedService.Responding(TestResponse.Generation("queued"));
        using var stream = new OneWayStream([.. Samples.PngOf(100_000), .. Samples.PngOf(100_000)], new IOException("The cable was cut."));
        var request = Samples.Image with { Image = MediaSource.FromStream(stream) };
        await Assert.ThrowsAsync<WanValidationException>(() => service.Client.CreateAsync(request, Cancellation));

        await Assert.ThrowsAsync<WanValidationException>(() => service.Client.CreateAsync(request, Cancellation));

        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task A_stream_longer_than_any_media_is_refused_before_its_end()
    {
        using var service = ScriptedService.Responding(TestResponse.Generation("queued"));
        using var stream = new OneWayStream(new byte[(100 * 1024 * 1024) + 1]);

        var error = await Assert.ThrowsAsync<WanValidationException>(
            () => service.Client.CreateAsync(Samples.Image with { Image = MediaSource.FromStream(stream) }, Cancellation));

        Assert.Contains("more than 104857600 bytes", error.Message, StringComparison.Ordinal);
    }

    private static async Task AssertSentTwiceAsync(MediaSource source, byte[] expected)
    {
        using var service = ScriptedService.Responding(TestResponse.Generation("queued"));
        var request = Samples.Image with { Image = source };
        await service.Client.CreateAsync(request, Cancellation);
        await service.Client.CreateAsync(request, Cancellation);

        Assert.Equal(2, service.Posts.Count());
        Assert.All(service.Posts, post => Assert.Equal(
            $"data:image/png;base64,{Convert.ToBase64String(expected)}",
            (string?)JsonNode.Parse(post.Text)!["image_url"]));
    }
}
