using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests;

public sealed class FileTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, int> Settings()
    {
        var settings = new TheoryData<string, string, int>();
        foreach (var resolution in (string[])["720p", "1080p"])
            foreach (var ratio in (string[])["16:9", "9:16", "1:1", "4:3", "3:4"])
                foreach (var seconds in (int[])[5, 10, 15])
                    settings.Add(resolution, ratio, seconds);
        return settings;
    }

    [Theory]
    [MemberData(nameof(Settings))]
    public async Task Each_combination_of_settings_returns_an_MP4_with_video_and_audio(
        string resolution, string ratio, int seconds)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var body = ValidationTests.CreateValidBody("t2v");
        (body["resolution"], body["aspect_ratio"], body["duration"]) = (resolution, ratio, seconds);
        var url = await fixture.CompleteGenerationAsync(body.ToJsonString());

        using var response = await fixture.Files.GetAsync(url, Cancellation);
        var bytes = await response.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.Equal("video/mp4", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(bytes.Length, response.Content.Headers.ContentLength);
        Assert.Equal("ftyp"u8, bytes.AsSpan(4, 4));
        Assert.Equal(2, CountBoxes(bytes, "trak"u8));
        Assert.Equal(1, CountBoxes(bytes, "avcC"u8));
        Assert.True(
            bytes.AsSpan().IndexOf("moov"u8) < bytes.AsSpan().IndexOf("mdat"u8),
            "moov must come before mdat, so that playback can start during the download.");
        Assert.Equal(seconds, GetSeconds(bytes), 0.1);
    }

    [Fact]
    public async Task A_range_with_the_current_entity_tag_returns_the_rest_of_the_file()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var url = await fixture.CompleteGenerationAsync();
        using var complete = await fixture.Files.GetAsync(url, Cancellation);
        var bytes = await complete.Content.ReadAsByteArrayAsync(Cancellation);

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = new RangeHeaderValue(1000, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(complete.Headers.ETag!);
        using var part = await fixture.Files.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.False(complete.Headers.ETag!.IsWeak);
        Assert.Equal($"bytes 1000-{bytes.Length - 1}/{bytes.Length}", part.Content.Headers.ContentRange!.ToString());
        Assert.Equal(bytes[1000..], await part.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData("bytes=0-9", HttpStatusCode.PartialContent, 10)]
    [InlineData("bytes=-7", HttpStatusCode.PartialContent, 7)]
    [InlineData("bytes=999999999-", HttpStatusCode.RequestedRangeNotSatisfiable, 0)]
    public async Task Ranges_are_interpreted_as_in_RFC_9110(string range, HttpStatusCode status, int length)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, await fixture.CompleteGenerationAsync());
        request.Headers.Range = RangeHeaderValue.Parse(range);

        using var response = await fixture.Files.SendAsync(request, Cancellation);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(length, (await response.Content.ReadAsByteArrayAsync(Cancellation)).Length);
    }

    [Fact]
    public async Task A_range_with_another_entity_tag_returns_the_complete_file()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, await fixture.CompleteGenerationAsync());
        request.Headers.Range = new RangeHeaderValue(10, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue("\"old\""));

        using var response = await fixture.Files.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_ledger_shows_whether_the_key_was_sent_to_the_files()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var url = await fixture.CompleteGenerationAsync();

        using var without = await fixture.Files.GetAsync(url, Cancellation);
        using var with = await fixture.Http.GetAsync(url, Cancellation);

        var files = fixture.Emulator.Ledger.Requests.Where(request => request.Operation == EmulatorOperations.File);
        Assert.Equal([false, true], files.Select(request => request.HasAuthorization));
    }

    [Fact]
    public async Task A_portrait_image_results_in_a_portrait_video_and_only_its_hash_is_submitted()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 17, 8, 0x07, 0x80, 0x04, 0x38, 3, .. new byte[200_000]];
        var body = ValidationTests.CreateValidBody("i2v");
        body["image_url"] = $"data:image/jpeg;base64,{Convert.ToBase64String(jpeg)}";

        var id = await fixture.CreateGenerationAsync(body.ToJsonString());
        fixture.Clock.Advance(TimeSpan.FromSeconds(4));
        var url = EmulatorFixture.GetVideoUrl(await fixture.GetGenerationAsync(id));
        var bytes = await fixture.Files.GetByteArrayAsync(url, Cancellation);

        var track = bytes.AsSpan(bytes.AsSpan().IndexOf("tkhd"u8) + 4 + 76);
        Assert.Equal(1080, BinaryPrimitives.ReadInt32BigEndian(track) >> 16);
        Assert.Equal(1920, BinaryPrimitives.ReadInt32BigEndian(track[4..]) >> 16);
        var submitted = fixture.Emulator.Ledger.Submissions.Single().Body;
        var hash = Convert.ToHexString(SHA256.HashData(jpeg));
        Assert.Contains($"data:image/jpeg;base64,({jpeg.Length} bytes, sha256 {hash})", submitted, StringComparison.Ordinal);
        Assert.True(submitted.Length < 1000);
    }

    [Fact]
    public async Task An_image_of_20_MB_is_hashed_completely_whether_its_base64_is_escaped_or_not()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var image = new byte[20_000_000];
        new Random(27).NextBytes(image);
        new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }.CopyTo(image, 0);
        var body = ValidationTests.CreateValidBody("i2v");
        body["image_url"] = $"data:image/png;base64,{Convert.ToBase64String(image)}";
        var escaped = body.ToJsonString();
        Assert.Contains("\\u002B", escaped, StringComparison.Ordinal);

        _ = await fixture.CreateGenerationAsync(escaped);
        var unescaped = escaped.Replace("\\u002B", "+", StringComparison.Ordinal);
        _ = await fixture.CreateGenerationAsync(unescaped.Replace("/", "\\/", StringComparison.Ordinal));

        var hash = $"({image.Length} bytes, sha256 {Convert.ToHexString(SHA256.HashData(image))})";
        Assert.All(
            fixture.Emulator.Ledger.Submissions,
            submission => Assert.Contains(hash, submission.Body, StringComparison.Ordinal));
    }

    private static int CountBoxes(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> box)
    {
        var count = 0;
        for (var at = bytes.IndexOf(box); at >= 0; at = bytes.IndexOf(box))
        {
            count++;
            bytes = bytes[(at + box.Length)..];
        }

        return count;
    }

    // The movie header (mvhd) version 0: creation time, modification time, time scale and duration, four bytes each.
    private static double GetSeconds(byte[] bytes)
    {
        var header = bytes.AsSpan(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("mvhd")) + 8);
        return BinaryPrimitives.ReadUInt32BigEndian(header[12..]) / (double)BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
    }
}
