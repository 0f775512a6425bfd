using System.Text.Json.Nodes;
using Wan27.Sdk.Tests.Requests;

namespace Wan27.Sdk.Tests.Media;

public class DataUriTests
{
    private const int Chunk = 48 * 1024;

    public static TheoryData<int> Lengths { get; } =
        [60, 61, 62, 63, .. new[] { 1, 2, 3, 4 }.SelectMany(chunks => Enumerable.Range((chunks * Chunk) - 3, 7))];

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task Local_media_are_in_the_body_as_their_exact_data_URI(int length)
    {
        var image = Samples.PngOf(length);

        var body = await Bodies.OfAsync(Samples.Image with { Image = MediaSource.FromBytes(image), Seed = 1 });

        Assert.Equal(
            $$"""{"model":"alibaba/wan-2-7-i2v","prompt":"she smiles","image_url":"data:image/png;base64,{{Convert.ToBase64String(image)}}","seed":1}""",
            body);
    }

    [Theory]
    [MemberData(nameof(Lengths))]
    public async Task The_announced_length_of_the_body_is_the_length_that_is_sent(int length)
    {
        using var service = ScriptedService.Guarded(TestResponse.Generation("queued"));

        await service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Image with { Image = MediaSource.FromBytes(Samples.PngOf(length)), Audio = MediaSource.FromBytes(Samples.Wav) }, cancellation));

        var post = Assert.Single(service.Posts);
        Assert.Equal(post.ContentLength, post.Body.Length);
        Assert.Equal(
            $"data:audio/wav;base64,{Convert.ToBase64String(Samples.Wav)}",
            (string?)JsonNode.Parse(post.Text)!["audio_url"]);
    }

    [Fact]
    public async Task References_keep_their_order_and_one_source_may_be_used_twice()
    {
        var (first, second) = (MediaSource.FromBytes(Samples.PngOf(100)), MediaSource.FromBytes(Samples.PngOf(101)));

        var body = JsonNode.Parse(await Bodies.OfAsync(Samples.Reference with { ReferenceImages = [first, second, first] }))!;

        Assert.Equal(
            new[] { 100, 101, 100 }.Select(length => $"data:image/png;base64,{Convert.ToBase64String(Samples.PngOf(length))}"),
            body["image_urls"]!.AsArray().Select(url => (string?)url));
    }

    [Fact]
    public async Task Media_of_an_unknown_format_are_sent_as_plain_bytes_without_validation()
    {
        using var service = ScriptedService.Unvalidated(TestResponse.Generation("queued"));
        byte[] gif = Samples.Padded([.. "GIF89a"u8]);

        await service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Image with { Image = MediaSource.FromBytes(gif) }, cancellation));

        Assert.Equal(
            $"data:application/octet-stream;base64,{Convert.ToBase64String(gif)}",
            (string?)JsonNode.Parse(Assert.Single(service.Posts).Text)!["image_url"]);
    }
}
