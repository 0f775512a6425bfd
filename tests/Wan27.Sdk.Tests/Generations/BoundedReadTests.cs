using System.Diagnostics;
using System.Text;

namespace Wan27.Sdk.Tests.Generations;

/// <summary>Responses that are designed to cost as much as possible: the retained memory and the allocations are bounded.</summary>
[CollectionDefinition(nameof(BoundedReadTests), DisableParallelization = true)]
[Collection(nameof(BoundedReadTests))]
public sealed class BoundedReadTests(ITestOutputHelper output)
{
    private const int Megabyte = 1024 * 1024;
    private const int MaxBody = 4 * Megabyte;
    private const int MaxErrorBody = 64 * 1024;

    /// <summary>The maximum number of small items in a response that is not refused for their number.</summary>
    private const int Items = 24_000;

    private static readonly string Long = new('x', 1_000);

    // "*" is replaced by the content that fills the rest of the response.
    private static readonly Dictionary<string, (string Template, string Separator, Func<int, string> Item, int Count)> Generations = new()
    {
        ["small objects"] = ("""{"id":"gen-1","status":"completed","x":[*]}""", ",", _ => "{}", int.MaxValue),
        ["as many small objects as are read"] = ("""{"id":"gen-1","status":"completed","x":[*]}""", ",", _ => "{}", Items),
        ["strings"] = ("""{"id":"gen-1","status":"completed","x":[*]}""", ",", _ => $"\"{Long[..80]}\"", 2 * Items),
        ["small fields"] = ("""{"id":"gen-1","status":"completed",*}""", ",", i => $"\"{i}\":0", int.MaxValue),
        ["as many fields as are read"] = ("""{"id":"gen-1","status":"completed",*}""", ",", i => $"\"{i:D80}\":\"{Long[..80]}\"", Items),
        ["fields with escaped names"] = ("""{"id":"gen-1","status":"completed",*}""", ",", i => $"\"\\u0069d{i}\":0", Items),
        ["a field many times"] = ("""{"id":"gen-1","status":"completed",*}""", ",", _ => "\"status\":\"queued\"", Items),
        ["nested arrays"] = ("""{"id":"gen-1","status":"completed","x":[*]}""", ",", _ => new string('[', 28) + new string(']', 28), Items / 28),
        ["arrays nested too deeply"] = ("""{"id":"gen-1","status":"completed","x":*}""", "", _ => "[", int.MaxValue),
        ["videos"] = ("""{"id":"gen-1","status":"completed","video":[*]}""", ",", _ => """{"url":"https://h.example/v","a":"b","c":"d"}""", int.MaxValue),
        ["videos with long addresses"] = ("""{"id":"gen-1","status":"completed","video":[*]}""", ",", _ => $"\"https://h.example/{Long}\"", int.MaxValue),
        ["a long address"] = ("""{"id":"gen-1","status":"completed","video":"https://h.example/*"}""", "", _ => Long, int.MaxValue),
        ["a long field of a video"] = ("""{"id":"gen-1","status":"completed","video":{"url":"https://h.example/v","x":"*"}}""", "", _ => Long, int.MaxValue),
        ["a long field of meta"] = ("""{"id":"gen-1","status":"completed","meta":{"x":"*"}}""", "", _ => Long, int.MaxValue),
        ["a long number"] = ("""{"id":"gen-1","status":"completed","meta":{"usage":{"usd_spent":1*}}}""", "", _ => new string('1', 1_000), int.MaxValue),
        ["problems"] = ("""{"id":"gen-1","status":"error","error":{"detail":[*]}}""", ",", i => $$"""{"loc":["{{i}}"],"msg":"{{Long}}"}""", 2_000),
        ["problems of long words"] = ("""{"id":"gen-1","status":"error","error":{"detail":[*]}}""", ",", i => $$"""{"loc":["{{i}}"],"msg":"{{new string('x', 40_000)}}"}""", int.MaxValue),
        ["a long location"] = ("""{"id":"gen-1","status":"error","error":{"detail":[{"loc":[*]}]}}""", ",", _ => $"\"{Long}\"", int.MaxValue),
        ["a long message"] = ("""{"id":"gen-1","status":"error","error":{"message":"*"}}""", "", _ => "%", int.MaxValue),
        ["a long status"] = ("""{"id":"gen-1","status":"*"}""", "", _ => "&", int.MaxValue),
        ["a long id"] = ("""{"id":"*","status":"queued"}""", "", _ => "i", int.MaxValue),
        ["a long number as an id"] = ("""{"id":1*,"status":"queued"}""", "", _ => "1", int.MaxValue),
        ["an id many times"] = ("""{"status":"queued",*}""", ",", _ => "\"id\":\"gen-1\"", Items),
        ["a long client request id"] = ("""{"id":"gen-1","status":"queued","client_request_id":"*"}""", "", _ => "i", int.MaxValue),
        ["separators in text"] = ("""{"id":"gen-1","status":"queued","x":"*"}""", "", _ => ",", int.MaxValue),
        ["escapes"] = ("""{"id":"gen-1","status":"queued","x":"*"}""", "", _ => "\\u0041", int.MaxValue),
    };

    private static readonly Dictionary<string, (string Template, string Separator, Func<int, string> Item, int Count)> Logs = new()
    {
        ["empty rows"] = ("""{"data":[*]}""", ",", _ => "{}", Items),
        ["rows without end"] = ("""{"data":[*]}""", ",", _ => "{}", int.MaxValue),
        ["a generation many times"] = ("""{"data":[*]}""", ",", _ => $$"""{"client_request_id":"order-1","inference_id":"{{Long}}"}""", int.MaxValue),
        ["many generations"] = ("""{"data":[*]}""", ",", i => $$"""{"client_request_id":"order-1","inference_id":"gen-{{i}}"}""", 6_000),
        ["many unusable ids"] = ("""{"data":[*]}""", ",", i => $$"""{"client_request_id":"order-1","inference_id":"\u202e{{i}}{{Long[..500]}}"}""", 6_000),
        ["a row that contradicts itself"] = ("""{"data":[{*}]}""", ",", i => $"\"inference_id\":\"{i}\"", Items),
    };

    private static readonly Dictionary<string, (string Template, string Separator, Func<int, string> Item, int Count)> PriceLists = new()
    {
        ["models"] = ("""{"data":[*]}""", ",", i => $$"""{"id":"{{i}}"}""", Items / 2),
        ["aliases"] = ("""{"data":[{"aliases":[*]}]}""", ",", _ => $"\"{Long[..80]}\"", Items),
        ["prices"] = (Prices("*"), ",", _ => """{"price":1,"unit":"video","per":1}""", Items / 4),
        ["values of a condition"] = (Prices("""{"when":{"resolution":[*]},"price":1,"unit":"video","per":1}"""), ",", _ => $"\"{Long[..80]}\"", 2 * Items),
        ["nested values of a condition"] = (Prices("""{"when":{"resolution":[*]},"price":1,"unit":"video","per":1}"""), ",", _ => new string('[', 20) + "1" + new string(']', 20), Items / 20),
        ["conditions"] = (Prices("""{"when":{*},"price":1,"unit":"video","per":1}"""), ",", i => $"\"{i:D80}\":\"{Long[..80]}\"", Items),
        ["a long unit"] = (Prices("""{"price":1,"unit":"*","per":1}"""), "", _ => Long, int.MaxValue),
    };

    private static readonly Dictionary<string, (string Template, string Separator, Func<int, string> Item, int Count)> Errors = new()
    {
        ["issues"] = ("""{"error":{"data":[*]}}""", ",", _ => """{"path":["a","b"],"message":"x"}""", int.MaxValue),
        ["empty issues"] = ("""{"error":{"data":[*]}}""", ",", _ => "{}", int.MaxValue),
        ["messages"] = ("""{"message":[*]}""", ",", _ => "\"%41\"", int.MaxValue),
        ["a long message"] = ("""{"message":"*"}""", "", _ => "&", int.MaxValue),
        ["a long path"] = ("""{"error":{"data":[{"path":[*]}]}}""", ",", _ => "0", int.MaxValue),
        ["a long request id"] = ("""{"requestId":"*"}""", "", _ => "i", int.MaxValue),
        ["no JSON"] = ("*", "", _ => "<%26", int.MaxValue),
        ["the details of a generation"] = ("""{"id":"gen-1","status":"error","error":{"detail":[*]}}""", ",", _ => "{}", int.MaxValue),
    };

    public static TheoryData<string> OfGenerations { get; } = [.. Generations.Keys];

    public static TheoryData<string> OfLogs { get; } = [.. Logs.Keys];

    public static TheoryData<string> OfPriceLists { get; } = [.. PriceLists.Keys];

    public static TheoryData<string> OfErrors { get; } = [.. Errors.Keys];

    [Theory]
    [MemberData(nameof(OfGenerations))]
    public Task A_generation_costs_a_bounded_amount_of_memory(string what) =>
        MeasureAsync(Bytes(Generations[what], MaxBody), 200, (client, cancellation) => client.GetAsync("gen-1", cancellation));

    [Theory]
    [MemberData(nameof(OfGenerations))]
    public Task A_response_to_a_submission_costs_a_bounded_amount_of_memory(string what) =>
        MeasureAsync(Bytes(Generations[what], MaxBody), 200, (client, cancellation) => client.CreateAsync(Samples.Text, cancellation));

    [Theory]
    [MemberData(nameof(OfLogs))]
    public Task A_page_of_the_log_costs_a_bounded_amount_of_memory(string what) =>
        MeasureAsync(Bytes(Logs[what], MaxBody), 200, (client, cancellation) => client.FindGenerationsAsync("order-1", cancellation));

    [Theory]
    [MemberData(nameof(OfPriceLists))]
    public Task A_price_list_costs_a_bounded_amount_of_memory(string what) =>
        MeasureAsync(Bytes(PriceLists[what], MaxBody), 200, (client, cancellation) => client.EstimateCostAsync(Samples.Text, cancellation));

    [Theory]
    [MemberData(nameof(OfErrors))]
    public Task An_error_costs_a_bounded_amount_of_memory(string what) =>
        MeasureAsync(Bytes(Errors[what], MaxErrorBody), 400, (client, cancellation) => client.CreateAsync(Samples.Text, cancellation));

    [Fact]
    public async Task Of_many_videos_problems_and_unknown_fields_a_hundred_are_kept()
    {
        var unknown = string.Join(',', Enumerable.Range(0, 150).Select(i => $"\"x{i}\":0"));
        var videos = string.Join(',', Enumerable.Repeat("\"https://h.example/v\"", 150));
        using var service = ScriptedService.Guarded(TestResponse.Json($$"""{"id":"gen-1","status":"completed","video":[{{videos}}],{{unknown}}}"""));

        var generation = await service.RunAsync((client, cancellation) => client.GetAsync("gen-1", cancellation));

        Assert.Equal((100, 100), (generation.Videos.Count, generation.AdditionalProperties.Count));
    }

    [Theory]
    [InlineData(49_990, true)]
    [InlineData(50_000, false)]
    public async Task A_response_may_have_50000_values_and_names(int values, bool isRead)
    {
        using var service = ScriptedService.Guarded(
            TestResponse.Json($$"""{"id":"gen-1","x":[{{string.Join(',', Enumerable.Repeat("0", values))}}]}"""));

        var reading = Record.ExceptionAsync(() => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));

        Assert.Equal(isRead ? null : typeof(WanSubmissionUnknownException), (await reading)?.GetType());
    }

    [Fact]
    public async Task A_hundred_generations_of_one_id_are_found()
    {
        var rows = string.Join(',', Enumerable.Range(0, 150).Select(i => $$$"""{"client_request_id":"order-1","inference_id":"gen-{{{i}}}"}"""));
        using var service = ScriptedService.Guarded(TestResponse.Json($$$"""{"data":[{{{rows}}}],"pagination":{"has_more":true}}"""));
        service.Respond(_ => TestResponse.Status(404));

        var error = await Assert.ThrowsAsync<WanSubmissionUnknownException>(
            () => service.RunAsync((client, cancellation) => client.FindGenerationsAsync("order-1", cancellation)));

        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"gen-{i}"), error.CandidateGenerationIds);
    }

    private async Task MeasureAsync<T>(byte[] body, int status, Func<WanVideoClient, CancellationToken, Task<T>> call)
    {
        var received = 0;
        using var service = ScriptedService.Guarded();
        service.Respond(request =>
        {
            // The reads that follow a submission or a search are not measured.
            var first = service.Requests[0];
            if ((first.Method, first.Uri.AbsolutePath) != (request.Method, request.Uri.AbsolutePath))
                return TestResponse.Status(404);
            received++;
            return TestResponse.Bytes(body, status: status);
        });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (allocated, time) = (GC.GetTotalAllocatedBytes(precise: true), Process.GetCurrentProcess().TotalProcessorTime);

        object? result;
        try
        {
            result = await service.RunAsync(call);
        }
        catch (WanException e)
        {
            result = e;
        }

        (allocated, time) = (GC.GetTotalAllocatedBytes(precise: true) - allocated, Process.GetCurrentProcess().TotalProcessorTime - time);
        var live = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine(FormattableString.Invariant($"{received} responses of {body.Length} bytes: {live} bytes live, {allocated} allocated, {time.TotalMilliseconds:F0} ms"));
        Assert.True(live <= 16 * Megabyte, $"{live} bytes are live for {result?.GetType()}");
        Assert.True(allocated <= received * 64L * Megabyte, $"{allocated} bytes were allocated for {received} responses");
        GC.KeepAlive(result);
    }

    private static byte[] Bytes((string Template, string Separator, Func<int, string> Item, int Count) body, int length)
    {
        var (before, after) = body.Template.Split('*') is [var start, var end] ? (start, end) : throw new InvalidOperationException("A template has one place to fill.");
        var text = new StringBuilder(before);
        for (var i = 0; i < body.Count; i++)
        {
            var item = (i > 0 ? body.Separator : "") + body.Item(i);
            if (text.Length + item.Length + after.Length > length)
                break;
            text.Append(item);
        }

        return Encoding.UTF8.GetBytes(text.Append(after).ToString());
    }

    private static string Prices(string variants) =>
        """{"data":[{"id":"alibaba/wan-2-7-t2v","pricing":{"kind":"variants","variants":[?]}}]}""".Replace("?", variants, StringComparison.Ordinal);
}
