using System.Net;
using System.Security.Cryptography;

namespace Wan27.Sdk.Tests.Download;

/// <summary>What is reported of a file that is not the expected one, to a caller whose stream cannot seek.</summary>
public sealed class ResumableDownloadTests : IDisposable
{
    private static readonly byte[] Video = [0, 0, 0, 8, .. "ftyp"u8, 0, 0, 0, 8, .. "moov"u8, 0, 0, 0, 9, .. "mdat"u8, 1];

    private readonly HttpClient files;
    private readonly WanVideoClient client;
    private Func<HttpResponseMessage> respond = () => new HttpResponseMessage();

    public ResumableDownloadTests()
    {
        files = new HttpClient(new Handler(this));
        client = new WanVideoClient(files, files, new WanVideoClientOptions { ApiKey = ScriptedService.Key });
    }

    public void Dispose()
    {
        client.Dispose();
        files.Dispose();
    }

    [Fact]
    public async Task A_complete_video_is_copied_without_a_limit_and_exactly_at_the_limit()
    {
        respond = () => Of(Video, Video.Length);

        Assert.Equal(Video, await DownloadAsync(new() { MaxBytes = Video.Length, Sha256 = Convert.ToHexString(SHA256.HashData(Video)) }));
    }

    [Theory]
    [InlineData(24, "The file host sent more than the 24 bytes that it announced.")]
    [InlineData(26, "The file host sent 25 of 26 bytes.")]
    public async Task A_length_that_does_not_match_is_reported(int length, string reason)
    {
        respond = () => Of(Video, length);

        Assert.Equal(reason, await FailAsync(new()));
    }

    [Theory]
    [InlineData(true, "The video has 25 bytes; the limit is 24.")]
    [InlineData(false, "The video has more than 24 bytes, the limit.")]
    public async Task A_file_over_the_limit_is_reported_as_soon_as_it_is_known(bool isReported, string reason)
    {
        respond = () => Of(Video, isReported ? Video.Length : null);

        Assert.Equal(reason, await FailAsync(new() { MaxBytes = 24 }));
    }

    [Fact]
    public async Task Another_digest_is_reported()
    {
        respond = () => Of(Video, Video.Length);

        Assert.Equal("The video has another SHA-256 digest than the one asked for.", await FailAsync(new() { Sha256 = new string('0', 64) }));
    }

    [Theory]
    [InlineData(25, true, 24)]
    [InlineData(25, false, 24)]
    [InlineData(25, true, 26)]
    public async Task A_file_size_that_contradicts_the_file_is_an_error_with_both_numbers(int bytes, bool hasLength, int fileSize)
    {
        respond = () => Of(Video, hasLength ? bytes : null);

        Assert.Equal($"The file at the file host has {bytes} bytes, but the generation's file_size is {fileSize}.", await FailAsync(new(), fileSize));
    }

    [Theory]
    [InlineData(25, true, 25)]
    [InlineData(25, false, 25)]
    [InlineData(25, true, 0)]
    [InlineData(25, false, null)]
    public async Task A_matching_or_unknown_file_size_is_accepted(int bytes, bool hasLength, int? fileSize)
    {
        respond = () => Of(Video, hasLength ? bytes : null);

        Assert.Equal(Video, await DownloadAsync(new(), fileSize));
    }

    [Fact]
    public async Task A_file_shorter_than_its_file_size_is_cut_off()
    {
        byte[] complete = [.. Video, 0, 0, 0, 8, .. "free"u8];
        respond = () => Of(Video, null);

        Assert.Equal($"The file host sent 25 of 33 bytes.", await FailAsync(new(), complete.Length));
    }

    [Fact]
    public async Task A_fragmented_file_without_a_length_is_complete_if_its_digest_is_right()
    {
        byte[] fragmented = [.. Video[..16], 0, 0, 0, 8, .. "moof"u8, .. Video[16..]];
        respond = () => Of(fragmented, null);

        Assert.Contains("cannot be known", await FailAsync(new()), StringComparison.Ordinal);
        Assert.Equal(fragmented, await DownloadAsync(new() { Sha256 = Convert.ToHexString(SHA256.HashData(fragmented)) }));
    }

    [Fact]
    public async Task A_generation_without_a_video_is_reported_with_its_status()
    {
        var error = await Assert.ThrowsAsync<WanDownloadException>(
            () => client.DownloadAsync(new() { Id = "gen-1", Status = GenerationStatus.Queued }, Stream.Null, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("The generation has no video to download (status: queued). Wait for it with WaitAsync(\"gen-1\").", error.Message);
        Assert.Equal(("gen-1", GenerationStatus.Queued), (error.GenerationId, error.LastStatus));
    }

    [Fact]
    public async Task A_generation_that_failed_has_no_way_to_a_video()
    {
        var error = await Assert.ThrowsAsync<WanDownloadException>(
            () => client.DownloadAsync(new() { Id = "gen-1", Status = GenerationStatus.Failed }, Stream.Null, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal("The generation has no video to download (status: error).", error.Message);
        Assert.Equal(("gen-1", GenerationStatus.Failed), (error.GenerationId, error.LastStatus));
    }

    private static HttpResponseMessage Of(byte[] bytes, long? length)
    {
        var response = new HttpResponseMessage { Content = new StreamContent(new OneWayStream(bytes)) };
        response.Content.Headers.ContentLength = length;
        return response;
    }

    private async Task<byte[]> DownloadAsync(DownloadOptions options, long? fileSize = null)
    {
        var generation = new VideoGeneration { Id = "gen-1", Status = GenerationStatus.Completed, Videos = [new GeneratedVideo { Uri = new("https://cdn.example/video.mp4"), FileSize = fileSize }] };
        using var kept = new MemoryStream();
        await using var destination = new OneWayStream(kept);
        await client.DownloadAsync(generation, destination, options, TestContext.Current.CancellationToken);
        return kept.ToArray();
    }

    private async Task<string> FailAsync(DownloadOptions options, long? fileSize = null)
    {
        var error = await Assert.ThrowsAsync<WanDownloadException>(() => DownloadAsync(options, fileSize));
        Assert.Equal("gen-1", error.GenerationId);
        return error.Message.Split(" Generation 'gen-1'")[0];
    }

    private sealed class Handler(ResumableDownloadTests tests) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(tests.respond());
    }
}
