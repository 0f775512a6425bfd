using System.IO.Compression;
using System.Text;
using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Wan27.Sdk.Errors;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>Bodies of responses with status 200 that do not arrive as they should.</summary>
public sealed class BodyTests
{
    private const string Good = $$$"""{"id":"generation-of-order-1","status":"completed","video":{"url":"https://cdn.example/video.mp4?s={{{Secrets.Canary}}}"}}""";
    private const string Half = """{"id":"generation-of-order-1","status":"comp""";
    private const string Lost = "Create: reconciled. Get: 4 attempts, then `WanApiException`";
    private const string Accepted = "Accepted";

    [Fact]
    [Fault(29, "Create, Get", Lost)]
    public Task A_body_that_stalls() =>
        AssertLostAsync(Reply.Of(200, Utf8(Half), "Content-Type: application/json", "x-a: b").Cut(100, Ending.Stall));

    [Fact]
    [Fault(30, "Create, Get", Lost + "; `AttemptTimeout` includes the request and the complete response")]
    public Task A_body_that_arrives_too_slowly() =>
        AssertLostAsync(Reply.Unframed(200, Utf8(Half), "Content-Length: 5000") with { Repeated = " "u8.ToArray(), Interval = TimeSpan.FromSeconds(9) });

    [Fact]
    [Fault(31, "Create, Get", Lost)]
    public Task Truncated_JSON() => AssertLostAsync(Reply.Json(Half));

    [Fact]
    [Fault(32, "Create, Get", Lost)]
    public Task A_body_shorter_than_its_length() => AssertLostAsync(Reply.Unframed(200, Utf8(Good), "Content-Length: 5000").Then(Ending.Fin));

    [Fact]
    [Fault(33, "Create, Get", Lost)]
    public Task A_body_longer_than_its_length() => AssertLostAsync(Reply.Unframed(200, Utf8(Good), "Content-Length: 40").Then(Ending.Fin));

    [Fact]
    [Fault(34, "Create, Get", Lost)]
    public Task A_chunk_that_is_interrupted() =>
        AssertLostAsync(Reply.Unframed(200, Utf8($"ff\r\n{Good}"), "Transfer-Encoding: chunked").Then(Ending.Fin));

    [Fact]
    [Fault(35, "Create, Get", Accepted)]
    public Task A_body_without_a_length() => AssertReadAsync(Reply.Unframed(200, Utf8(Good)).Then(Ending.Fin));

    [Fact]
    [Fault(36, "Create, Get", Lost)]
    public Task Half_a_body_without_a_length() => AssertLostAsync(Reply.Unframed(200, Utf8(Half)).Then(Ending.Fin));

    [Fact]
    [Fault(37, "Create, Get", Lost + " with at most 1,024 characters of it")]
    public Task HTML_with_status_200() => AssertLostAsync(Reply.Of(200, Utf8($"<html>{new string('x', 5000)}</html>"), "Content-Type: text/html"));

    [Theory]
    [InlineData("Content-Type: text/html")]
    [InlineData("Content-Type: image/png")]
    [InlineData("Content-Type: application/json; charset=utf-16")]
    [InlineData("Content-Type: ;;;")]
    [Fault(38, "Create, Get", Accepted)]
    public Task A_wrong_content_type_on_good_JSON(string contentType) => AssertReadAsync(Reply.Of(200, Utf8(Good), contentType));

    [Fact]
    [Fault(39, "Create, Get", Accepted)]
    public Task No_content_type_on_good_JSON() => AssertReadAsync(Reply.Of(200, Utf8(Good)));

    [Fact]
    [Fault(40, "Create, Get", Lost)]
    public Task An_empty_body() => AssertLostAsync(Reply.Json(""));

    [Fact]
    [Fault(41, "Create, Get", Lost)]
    public Task Status_204() => AssertLostAsync(Reply.Unframed(204, default));

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("{}")]
    [InlineData("[[[[[[[[[[")]
    [Fault(42, "Create, Get", Lost)]
    public Task JSON_that_is_not_a_generation(string json) => AssertLostAsync(Reply.Json(json));

    [Fact]
    [Fault(43, "Create, Get", Lost + "; the depth is limited to 32")]
    public Task JSON_of_100_000_levels() =>
        AssertLostAsync(Reply.Json($$"""{"id":"generation-of-order-1","status":"queued","deep":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}"""));

    [Fact]
    [Fault(44, "Create, Get", Lost)]
    public Task Invalid_UTF_8() => AssertLostAsync(Reply.Of(200, Encoding.Latin1.GetBytes("""{"id":"generation-of-order-1","status":"queued","x":"ÿþ"}""")));

    [Fact]
    [Fault(45, "Create, Get", Lost)]
    public Task A_lone_surrogate() => AssertLostAsync(Reply.Json("""{"id":"generation-of-order-1","status":"queued","x":"\ud800"}"""));

    [Fact]
    [Fault(46, "Create, Get", Accepted)]
    public Task A_byte_order_mark() => AssertReadAsync(Reply.Json($"\ufeff{Good}"));

    [Fact]
    [Fault(47, "Create, Get", Lost)]
    public Task UTF_16() => AssertLostAsync(Reply.Of(200, Encoding.Unicode.GetBytes(Good)));

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate, gzip")]
    [Fault(48, "Create, Get", Lost + "; nothing is decompressed")]
    public Task A_content_coding_that_was_not_requested(string coding) =>
        AssertLostAsync(Reply.Of(200, Gzip(Good.Length), $"Content-Encoding: {coding}"));

    [Fact]
    [Fault(49, "Create, Get", Lost + "; nothing is decompressed")]
    public Task A_gzip_bomb() => AssertLostAsync(Reply.Of(200, Gzip(100_000_000), "Content-Encoding: gzip"));

    private static Task AssertLostAsync(Reply reply) => ReplacedResponse.LosesResponsesAsync<WanApiException>(reply, SubmissionPhase.Answered);

    private static async Task AssertReadAsync(Reply reply)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => reply;

        var created = await fixture.SucceedsAsync(Call.Create, TimeSpan.Zero);
        var read = await fixture.SucceedsAsync(Call.Get, TimeSpan.Zero);

        Assert.Equal((FaultFixture.GenerationId, FaultFixture.GenerationId), (created.Id, read.Id));
        Assert.Equal(2, fixture.Server.Requests.Count);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Gzip(int length)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            var piece = new byte[64 * 1024];
            for (var written = 0; written < length; written += piece.Length)
                gzip.Write(piece);
        }

        return packed.ToArray();
    }
}
