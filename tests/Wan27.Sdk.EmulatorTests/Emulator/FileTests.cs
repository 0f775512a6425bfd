using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Emulator;

public sealed class FileTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, int> Orders()
    {
        var orders = new TheoryData<string, string, int>();
        foreach (var resolution in (string[])["720p", "1080p"])
        foreach (var ratio in (string[])["16:9", "9:16", "1:1", "4:3", "3:4"])
        foreach (var seconds in (int[])[5, 10, 15])
            orders.Add(resolution, ratio, seconds);
        return orders;
    }

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Each_order_has_an_MP4_of_its_length_with_picture_and_sound(string resolution, string ratio, int seconds)
    {
        await using var host = await EmulatorHost.StartAsync();
        var url = await host.CompleteAsync(
            $$"""{"model":"alibaba/wan-2-7-t2v","prompt":"p","resolution":"{{resolution}}","aspect_ratio":"{{ratio}}","duration":{{seconds}}}""");

        using var answer = await host.Files.GetAsync(url, Cancellation);
        var bytes = await answer.Content.ReadAsByteArrayAsync(Cancellation);

        Assert.Equal("video/mp4", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(bytes.Length, answer.Content.Headers.ContentLength);
        Assert.Equal("ftyp"u8, bytes.AsSpan(4, 4));
        Assert.Equal(2, Count(bytes, "trak"u8));
        Assert.Equal(1, Count(bytes, "avcC"u8));
        Assert.True(bytes.AsSpan().IndexOf("moov"u8) < bytes.AsSpan().IndexOf("mdat"u8), "moov first, so that it plays while it loads");
        Assert.Equal(seconds, Seconds(bytes), 0.1);
    }

    [Fact]
    public async Task A_range_with_the_right_tag_is_a_part_and_the_parts_make_the_whole()
    {
        await using var host = await EmulatorHost.StartAsync();
        var url = await host.CompleteAsync();
        using var whole = await host.Files.GetAsync(url, Cancellation);
        var bytes = await whole.Content.ReadAsByteArrayAsync(Cancellation);

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = new RangeHeaderValue(1000, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(whole.Headers.ETag!);
        using var part = await host.Files.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.False(whole.Headers.ETag!.IsWeak);
        Assert.Equal($"bytes 1000-{bytes.Length - 1}/{bytes.Length}", part.Content.Headers.ContentRange!.ToString());
        Assert.Equal(bytes[1000..], await part.Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Theory]
    [InlineData("bytes=0-9", HttpStatusCode.PartialContent, 10)]
    [InlineData("bytes=-7", HttpStatusCode.PartialContent, 7)]
    [InlineData("bytes=999999999-", HttpStatusCode.RequestedRangeNotSatisfiable, 0)]
    public async Task Ranges_are_read_as_RFC_9110_says(string range, HttpStatusCode status, int length)
    {
        await using var host = await EmulatorHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, await host.CompleteAsync());
        request.Headers.Range = RangeHeaderValue.Parse(range);

        using var answer = await host.Files.SendAsync(request, Cancellation);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(length, (await answer.Content.ReadAsByteArrayAsync(Cancellation)).Length);
    }

    [Fact]
    public async Task A_range_of_another_version_is_the_whole()
    {
        await using var host = await EmulatorHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, await host.CompleteAsync());
        request.Headers.Range = new RangeHeaderValue(10, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue("\"old\""));

        using var answer = await host.Files.SendAsync(request, Cancellation);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task The_ledger_shows_whether_the_key_reached_the_files()
    {
        await using var host = await EmulatorHost.StartAsync();
        var url = await host.CompleteAsync();

        using var without = await host.Files.GetAsync(url, Cancellation);
        using var with = await host.Http.GetAsync(url, Cancellation);

        var files = host.Emulator.Ledger.Requests.Where(request => request.Operation == Wan27.Sdk.Emulator.EmulatorOperations.File);
        Assert.Equal([false, true], files.Select(request => request.HasAuthorization));
    }

    [Fact]
    public async Task A_portrait_picture_becomes_a_portrait_video_and_only_its_hash_is_kept()
    {
        await using var host = await EmulatorHost.StartAsync();
        byte[] jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC0, 0, 17, 8, 0x07, 0x80, 0x04, 0x38, 3, .. new byte[200_000]];
        var body = ValidationTests.Valid("i2v");
        body["image_url"] = $"data:image/jpeg;base64,{Convert.ToBase64String(jpeg)}";

        var id = await host.AcceptAsync(body.ToJsonString());
        host.Clock.Advance(TimeSpan.FromSeconds(4));
        var bytes = await host.Files.GetByteArrayAsync(EmulatorHost.UrlOf(await host.ReadAsync(id)), Cancellation);

        var track = bytes.AsSpan(bytes.AsSpan().IndexOf("tkhd"u8) + 4 + 76);
        Assert.Equal((1080, 1920), (BinaryPrimitives.ReadInt32BigEndian(track) >> 16, BinaryPrimitives.ReadInt32BigEndian(track[4..]) >> 16));
        var kept = host.Emulator.Ledger.Submissions.Single().Body;
        Assert.Contains($"data:image/jpeg;base64,({jpeg.Length} bytes, sha256 {Convert.ToHexString(SHA256.HashData(jpeg))})", kept, StringComparison.Ordinal);
        Assert.True(kept.Length < 1000);
    }

    [Fact]
    public async Task A_picture_of_twenty_megabytes_is_hashed_whole_however_its_base64_is_escaped()
    {
        await using var host = await EmulatorHost.StartAsync();
        var picture = new byte[20_000_000];
        new Random(27).NextBytes(picture);
        new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A }.CopyTo(picture, 0);
        var body = ValidationTests.Valid("i2v");
        body["image_url"] = $"data:image/png;base64,{Convert.ToBase64String(picture)}";
        var escaped = body.ToJsonString();
        Assert.Contains("\\u002B", escaped, StringComparison.Ordinal);

        _ = await host.AcceptAsync(escaped);
        _ = await host.AcceptAsync(escaped.Replace("\\u002B", "+", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal));

        var hash = $"({picture.Length} bytes, sha256 {Convert.ToHexString(SHA256.HashData(picture))})";
        Assert.All(host.Emulator.Ledger.Submissions, task => Assert.Contains(hash, task.Body, StringComparison.Ordinal));
    }

    private static int Count(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> box)
    {
        var count = 0;
        for (var at = bytes.IndexOf(box); at >= 0; at = bytes.IndexOf(box))
        {
            count++;
            bytes = bytes[(at + box.Length)..];
        }

        return count;
    }

    // The movie header: version 0, then creation, modification, time scale and duration, four bytes each.
    private static double Seconds(byte[] bytes)
    {
        var header = bytes.AsSpan(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes("mvhd")) + 8);
        return BinaryPrimitives.ReadUInt32BigEndian(header[12..]) / (double)BinaryPrimitives.ReadUInt32BigEndian(header[8..]);
    }
}
