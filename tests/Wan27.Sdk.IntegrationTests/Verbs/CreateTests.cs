using Xunit;

namespace Wan27.Sdk.IntegrationTests.Verbs;

/// <summary>Submits each kind of request, with media from each source, over sockets.</summary>
public sealed class CreateTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("file")]
    [InlineData("bytes")]
    [InlineData("stream")]
    [InlineData("stream from its middle")]
    [InlineData("stream that cannot seek")]
    public async Task Local_media_arrive_byte_for_byte(string kind)
    {
        await using var fixture = await WanFixture.StartAsync();
        await File.WriteAllBytesAsync(folder["image.dat"], Samples.ImageBytes, Cancellation);
        await using var stream = new MemoryStream([.. kind.EndsWith("middle", StringComparison.Ordinal) ? "skipped"u8 : [], .. Samples.ImageBytes]);
        stream.Position = stream.Length - Samples.ImageBytes.Length;

        var generation = await fixture.Client.CreateAsync(
            Samples.Image(kind switch
            {
                "file" => MediaSource.FromFile(folder["image.dat"]),
                "bytes" => MediaSource.FromBytes(Samples.ImageBytes),
                "stream that cannot seek" => MediaSource.FromStream(new OneWayStream(Samples.ImageBytes)),
                _ => MediaSource.FromStream(stream),
            }),
            Cancellation);

        var submission = Assert.Single(fixture.Ledger.Submissions);
        Assert.Equal((submission.Id, submission.ClientRequestId), (generation.Id, generation.ClientRequestId));
        Assert.Contains($"\"image_url\":\"{Samples.ImagePlaceholder}\"", submission.Body, StringComparison.Ordinal);
        Assert.Equal(1, fixture.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task An_address_is_sent_unchanged()
    {
        await using var fixture = await WanFixture.StartAsync();
        const string address = "https://images.example/a%2Fb.png?X-Signature=a%2Bb%3D&q=1";

        _ = await fixture.Client.CreateAsync(Samples.Image(MediaSource.FromUri(address)), Cancellation);

        using var body = System.Text.Json.JsonDocument.Parse(Assert.Single(fixture.Ledger.Submissions).Body);
        Assert.Equal(address, body.RootElement.GetProperty("image_url").GetString());
    }

    [Fact]
    public async Task Each_kind_of_request_is_accepted_and_priced()
    {
        await using var fixture = await WanFixture.StartAsync();
        VideoGenerationRequest[] requests =
        [
            Samples.Image(MediaSource.FromBytes(Samples.ImageBytes)),
            Samples.Text(),
            new ReferenceToVideoRequest
            {
                Prompt = "they meet",
                Duration = VideoDuration.FiveSeconds,
                ReferenceImages = [MediaSource.FromUri("https://images.example/a.png"), MediaSource.FromBytes(Samples.ImageBytes)],
                ReferenceVideos = [MediaSource.FromUri("https://clips.example/b.mp4")],
            },
        ];

        var prices = new List<decimal?>();
        foreach (var request in requests)
            prices.Add((await fixture.Client.CreateAsync(request, Cancellation)).Cost.Usd);

        Assert.Equal(requests.Select(request => request.Model), fixture.Ledger.Submissions.Select(submission => submission.Model));
        Assert.Equal(prices, fixture.Ledger.Submissions.Select(submission => (decimal?)submission.Usd));
        Assert.All(fixture.Ledger.Requests, request => Assert.True(request.HasAuthorization));
    }

    [Fact]
    public async Task A_request_that_exceeds_a_limit_is_not_sent()
    {
        await using var fixture = await WanFixture.StartAsync();

        var e = await Assert.ThrowsAsync<WanValidationException>(
            () => fixture.Client.CreateAsync(Samples.Text(prompt: "") with { Seed = -1 }, Cancellation));

        Assert.Equal(["Prompt", "Seed"], e.Problems.Select(problem => problem.Member));
        Assert.Empty(fixture.Ledger.Requests);
    }

    [Theory]
    [InlineData(239, 360, 2, "is 239x360 px; the range of each side is 240 to 8000 px")]
    [InlineData(8_001, 4_000, 2, "is 8001x4000 px; the range of each side is 240 to 8000 px")]
    [InlineData(2_400, 299, 2, "is 2400x299 px, a ratio of 8.027:1; the range is 1:8 to 8:1")]
    [InlineData(640, 360, 6, "is PNG with an alpha channel or a tRNS chunk, which counts even if all of it is opaque; remove it, or save the image as JPEG")]
    public async Task An_image_that_exceeds_a_limit_is_not_sent_from_any_source(int width, int height, byte colorType, string message)
    {
        await using var fixture = await WanFixture.StartAsync();
        var image = Samples.PngOf(width, height, colorType);
        await File.WriteAllBytesAsync(folder["image.png"], image, Cancellation);
        MediaSource[] sources =
        [
            MediaSource.FromFile(folder["image.png"]),
            MediaSource.FromBytes(image),
            MediaSource.FromStream(new MemoryStream(image)),
            MediaSource.FromStream(new OneWayStream(image)),
        ];

        foreach (var source in sources)
        {
            var e = await Assert.ThrowsAsync<WanValidationException>(() => fixture.Client.CreateAsync(Samples.Image(source), Cancellation));
            Assert.Equal([new("Image", message)], e.Problems);
        }

        Assert.Empty(fixture.Ledger.Requests);
        await using var unvalidated = await WanFixture.StartAsync(options => options.SkipValidation = true);
        _ = await unvalidated.Client.CreateAsync(Samples.Image(sources[0]), Cancellation);
        Assert.Equal(1, unvalidated.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task Problems_that_the_service_finds_are_reported_by_field()
    {
        await using var fixture = await WanFixture.StartAsync(options => options.SkipValidation = true);

        var e = await Assert.ThrowsAsync<WanApiException>(
            () => fixture.Client.CreateAsync(Samples.Text() with { Duration = new VideoDuration(7) }, Cancellation));

        Assert.Equal((System.Net.HttpStatusCode.BadRequest, "duration"), (e.StatusCode, Assert.Single(e.Problems).Member));
        Assert.Empty(fixture.Ledger.Submissions);
    }
}
