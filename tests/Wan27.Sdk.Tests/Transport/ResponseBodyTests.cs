using System.Net;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Tests.Transport;

/// <summary>How much of a response is read, to the byte.</summary>
public sealed class ResponseBodyTests
{
    private const int MaxErrorLength = 64 * 1024;

    [Theory]
    [InlineData(200, 0, false)]
    [InlineData(200, 1, false)]
    [InlineData(200, 2 * 1024, false)]
    [InlineData(200, 5_000, false)]
    [InlineData(200, MaxErrorLength + 1, false)]
    [InlineData(299, ResponseBody.MaxLength, false)]
    [InlineData(200, ResponseBody.MaxLength + 1, true)]
    [InlineData(300, MaxErrorLength + 1, true)]
    [InlineData(500, MaxErrorLength, false)]
    [InlineData(500, MaxErrorLength + 1, true)]
    public async Task It_is_read_completely_up_to_its_limit(int status, int length, bool isTooLong)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        var limit = status < 300 ? ResponseBody.MaxLength : MaxErrorLength;

        foreach (var hasLength in new[] { true, false })
        {
            using var response = await ReadAsync(status, hasLength ? new ByteArrayContent(bytes) : new StreamContent(new Trickle(bytes)));

            Assert.Equal(isTooLong ? $"is longer than {limit} bytes" : null, response.Fault);
            Assert.True(bytes.AsSpan(0, Math.Min(length, limit)).SequenceEqual(response.Body.Span));
        }
    }

    [Theory]
    [InlineData("identity", null)]
    [InlineData(" Identity ", null)]
    [InlineData("gzip", "is compressed, which was not asked for")]
    [InlineData("identity, br", "is compressed, which was not asked for")]
    public async Task A_compressed_body_is_not_read(string encodings, string? fault)
    {
        var content = new ByteArrayContent([1]);
        foreach (var encoding in encodings.Split(", "))
            content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

        using var response = await ReadAsync(200, content);

        Assert.Equal((fault, fault is null ? 1 : 0), (response.Fault, response.Body.Length));
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(HttpRequestException))]
    [InlineData(typeof(OperationCanceledException))]
    public async Task An_interrupted_body_is_kept_as_far_as_it_arrived(Type failure)
    {
        var end = (Exception)Activator.CreateInstance(failure)!;

        using var response = await ReadAsync(200, new StreamContent(new Trickle([1, 2, 3], end)));

        Assert.Equal("broke off after 3 bytes", response.Fault);
        Assert.Equal([1, 2, 3], response.Body.ToArray());
    }

    private static async Task<ApiResponse> ReadAsync(int status, HttpContent content)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status) { Content = content };
        return await ResponseBody.ReadAsync(response, ApiResponseHeaders.Of(response), TestContext.Current.CancellationToken);
    }

    /// <summary>Returns a thousand bytes at a time, and fails at the end if that is requested.</summary>
    private sealed class Trickle(byte[] bytes, Exception? end = null) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position == Length && end is not null
                ? ValueTask.FromException<int>(end)
                : base.ReadAsync(buffer[..Math.Min(buffer.Length, 1_000)], cancellationToken);
    }
}
