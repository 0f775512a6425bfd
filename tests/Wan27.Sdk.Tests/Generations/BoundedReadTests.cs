using System.Text;

namespace Wan27.Sdk.Tests.Generations;

/// <summary>Responses of 4 MB that are made to cost as much as possible: what stays in memory and what is allocated is bounded.</summary>
[CollectionDefinition(nameof(BoundedReadTests), DisableParallelization = true)]
[Collection(nameof(BoundedReadTests))]
public sealed class BoundedReadTests
{
    private const int Megabyte = 1024 * 1024;

    public static TheoryData<string, string> Large { get; } = new()
    {
        { "small objects", $$"""{"id":"gen-1","status":"completed","x":[{{Repeat("{}", ",")}}]}""" },
        { "small fields", $$"""{"id":"gen-1","status":"completed",{{string.Join(',', Enumerable.Range(0, 300_000).Select(i => $"\"{i}\":0"))}}}""" },
        { "unknown fields", $$"""{"id":"gen-1","status":"completed","video":{"url":"https://h.example/v"},{{string.Join(',', Enumerable.Range(0, 90_000).Select(i => $"\"{i}\":\"{new string('x', 30)}\""))}}}""" },
        { "videos", $$"""{"id":"gen-1","status":"completed","video":[{{string.Join(',', Enumerable.Repeat("""{"url":"https://h.example/v","a":"b","c":"d"}""", 60_000))}}]}""" },
        { "problems", $$$"""{"id":"gen-1","status":"error","error":{"detail":[{{{string.Join(',', Enumerable.Repeat("""{"loc":["a"],"msg":"this is wrong and must be corrected"}""", 33_000))}}}]}}""" },
        { "a long message", $$$"""{"id":"gen-1","status":"error","error":{"message":"{{{new string('%', 4_000_000)}}}"}}""" },
        { "a long status", $$"""{"id":"gen-1","status":"{{new string('&', 4_000_000)}}"}""" },
        { "a long id", $$"""{"id":"{{new string('i', 4_000_000)}}","status":"queued"}""" },
        { "a long client request id", $$"""{"id":"gen-1","status":"queued","client_request_id":"{{new string('i', 4_000_000)}}"}""" },
        { "separators in text", $$"""{"id":"gen-1","status":"queued","x":"{{new string(',', 4_000_000)}}"}""" },
    };

    [Theory]
    [MemberData(nameof(Large))]
    public async Task A_response_of_4_MB_costs_a_bounded_amount_of_memory(string what, string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        Assert.InRange(body.Length, Megabyte, 4 * Megabyte);
        using var service = ScriptedService.Guarded(Answer.Bytes(body));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var allocatedBefore = GC.GetTotalAllocatedBytes();

        object result;
        try
        {
            result = await service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation));
        }
        catch (WanProtocolException e)
        {
            result = e;
        }

        var allocated = GC.GetTotalAllocatedBytes() - allocatedBefore;
        var live = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(live <= 16 * Megabyte, $"{what}: {live} bytes stay for {result.GetType()}");
        Assert.True(allocated <= 160L * Megabyte, $"{what}: {allocated} bytes were allocated");
    }

    [Fact]
    public async Task Of_many_videos_problems_and_unknown_fields_a_hundred_are_kept()
    {
        var unknown = string.Join(',', Enumerable.Range(0, 150).Select(i => $"\"x{i}\":0"));
        var videos = string.Join(',', Enumerable.Repeat("\"https://h.example/v\"", 150));
        using var service = ScriptedService.Guarded(Answer.Json($$"""{"id":"gen-1","status":"completed","video":[{{videos}}],{{unknown}}}"""));

        var generation = await service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation));

        Assert.Equal((100, 100), (generation.Videos.Count, generation.AdditionalProperties.Count));
    }

    private static string Repeat(string text, string separator) => string.Join(separator, Enumerable.Repeat(text, 1_300_000));
}
