using System.Text;

namespace Wan27.Sdk.Tests.Generations;

public class MalformedResponseTests
{
    public static TheoryData<string, byte[]> Malformed { get; } = new()
    {
        { "nothing", [] },
        { "null", [.. "null"u8] },
        { "an array", [.. "[]"u8] },
        { "an object without id and status", [.. "{}"u8] },
        { "a string", [.. "\"x\""u8] },
        { "a number", [.. "7"u8] },
        { "HTML", [.. "<html><body>Bad gateway</body></html>"u8] },
        { "cut short", [.. """{"id":"gen-1","status":"que"""u8] },
        { "two documents", [.. """{"id":"gen-1"}{"id":"gen-1"}"""u8] },
        { "a comment", [.. """{"id":"gen-1"}/* */"""u8] },
        { "invalid UTF-8", [.. """{"id":"gen-1","status":"queued","note":"a"""u8, 0xC3, 0x28, .. "\"}"u8] },
        { "an overlong NUL", [.. """{"id":"gen-1","note":"a"""u8, 0xC0, 0x80, .. "\"}"u8] },
        { "UTF-16", Encoding.Unicode.GetBytes("""{"id":"gen-1"}""") },
        { "half a character as the status", [.. """{"id":"gen-1","status":"\ud83d"}"""u8] },
        { "half a character in an address", [.. """{"id":"gen-1","video":{"url":"https://a.com/\udc00"}}"""u8] },
        { "half a character in an error", [.. """{"id":"gen-1","error":{"message":"\ud83d"}}"""u8] },
        { "half a character in a detail", [.. """{"id":"gen-1","error":{"detail":[{"loc":["\ud83d"],"msg":"x"}]}}"""u8] },
        { "half a character in a number", [.. """{"id":"gen-1","meta":{"usage":{"credits_used":"\ud83d"}}}"""u8] },
        { "half a character in an unknown field", [.. """{"id":"gen-1","note":"\ud83d"}"""u8] },
        { "half a character deep in an unknown field", [.. """{"id":"gen-1","note":[{"a":["\ud83d"]}]}"""u8] },
        { "half a character in a name", [.. """{"id":"gen-1","\ud83d":1}"""u8] },
        { "half a character in a name deep down", [.. """{"id":"gen-1","note":{"\ud83d":1}}"""u8] },
        { "nesting of 33", [.. """{"id":"gen-1","note":"""u8, .. Encoding.ASCII.GetBytes(new string('[', 32) + new string(']', 32)), .. "}"u8] },
        { "nesting of 100,000", [.. """{"id":"gen-1","note":"""u8, .. Encoding.ASCII.GetBytes(new string('[', 100_000))] },
        { "two ids", [.. """{"id":"gen-1","generation_id":"gen-2"}"""u8] },
        { "an id twice", [.. """{"id":"gen-2","id":"gen-1"}"""u8] },
        { "another's id", [.. """{"id":"gen-2","status":"queued"}"""u8] },
        { "a fifth megabyte", [.. """{"id":"gen-1"}"""u8, .. Enumerable.Repeat((byte)' ', 4 * 1024 * 1024)] },
    };

    public static TheoryData<string, byte[]> Odd { get; } = new()
    {
        { "a byte order mark", [0xEF, 0xBB, 0xBF, .. """{"id":"gen-1","status":"queued"}"""u8] },
        { "the last of two values", [.. """{"id":"gen-1","status":"completed","status":"queued"}"""u8] },
        { "no id", [.. """{"status":"queued"}"""u8] },
        { "nesting of 32", [.. """{"id":"gen-1","status":"queued","note":"""u8, .. Encoding.ASCII.GetBytes(new string('[', 31) + new string(']', 31)), .. "}"u8] },
        { "a pair of halves", [.. """{"id":"gen-1","status":"queued","note":"\ud83d\ude00"}"""u8] },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task A_response_that_cannot_be_read_is_an_error_with_the_id_after_4_attempts(string what, byte[] body)
    {
        using var service = ScriptedService.Responding(TestResponse.Bytes(body).With("x-request-id", "req-1"));

        var error = await Assert.ThrowsAsync<WanApiException>(
            () => service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation)));

        Assert.True(service.Requests.Count == 4, what);
        Assert.Equal(("gen-1", "req-1"), (error.GenerationId, error.RequestId));
        Assert.InRange(error.ResponseExcerpt.Length, 0, 1_024);
    }

    [Theory]
    [MemberData(nameof(Odd))]
    public async Task An_unusual_but_clear_response_is_read(string what, byte[] body)
    {
        using var service = ScriptedService.Responding(TestResponse.Bytes(body, "text/html"));

        var generation = await service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation));

        Assert.True(generation.Id == "gen-1" && generation.Status == GenerationStatus.Queued, what);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    [InlineData(202)]
    public async Task Any_success_with_an_id_is_an_acceptance(int status)
    {
        using var service = ScriptedService.Responding(TestResponse.Json("""{"generation_id":"gen-1","status":"queued"}""", status));

        var generation = await service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation));

        Assert.Equal(("gen-1", "order-1"), (generation.Id, generation.ClientRequestId));
    }

    [Fact]
    public async Task An_id_is_escaped_in_the_query()
    {
        using var service = ScriptedService.Responding(TestResponse.Json("""{"status":"queued"}"""));

        await service.RunAsync((client, cancellation) => client.GetAsync("a?&#/../ b\r\nX: y", cancellation));

        Assert.Equal("?generation_id=a%3F%26%23%2F..%2F%20b%0D%0AX%3A%20y", Assert.Single(service.Requests).Uri.Query);
    }
}
