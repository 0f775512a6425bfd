#pragma warning disable CA1001
namespace Wan27.Sdk.Benchmarks;
internal sealed class Floor(LoopbackServer server)
{
    private readonly HttpMessageInvoker invoker = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 64, UseProxy = false, ActivityHeadersPropagator = null });
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 64 }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly Uri uri = new(server.BaseAddress, "/v2/video/generations?generation_id=bench-0000000000000001");
    private readonly byte[] buffer = new byte[4096];
    private readonly CancellationTokenSource cts = new();
    public async Task InvokerAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer benchmark");
        using var response = await invoker.SendAsync(request, cts.Token).ConfigureAwait(false);
        using var stream = response.Content.ReadAsStream();
        while (await stream.ReadAsync(buffer).ConfigureAwait(false) > 0) { }
    }
    public async Task ClientAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer benchmark");
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cts.Token).ConfigureAwait(false);
        using var stream = response.Content.ReadAsStream();
        while (await stream.ReadAsync(buffer).ConfigureAwait(false) > 0) { }
    }
}
internal static class Bits
{
    private static readonly Uri Base = new("http://127.0.0.1:5000/");
    private static readonly byte[] Json = System.Text.Encoding.UTF8.GetBytes("""{"id":"bench-0000000000000001","status":"generating","video":null,"error":null,"meta":null}""");
    public static void Print()
    {
        Show("uri string", () => GC.KeepAlive(new Uri(Base.AbsoluteUri.TrimEnd('/') + "/v2/video/generations?generation_id=bench-0000000000000001")));
        Show("uri string+use", () => { var u = new Uri(Base.AbsoluteUri.TrimEnd('/') + "/v2/video/generations?generation_id=bench-0000000000000001"); GC.KeepAlive(u.PathAndQuery); GC.KeepAlive(u.IdnHost); GC.KeepAlive(u.Scheme); });
        Show("uri base+use", () => { var u = new Uri(Base, "/v2/video/generations?generation_id=bench-0000000000000001"); GC.KeepAlive(u.PathAndQuery); GC.KeepAlive(u.IdnHost); GC.KeepAlive(u.Scheme); });
        Show("uri verbatim+use", () => { var u = new Uri(Base.AbsoluteUri.TrimEnd('/') + "/v2/video/generations?generation_id=bench-0000000000000001", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }); GC.KeepAlive(u.PathAndQuery); GC.KeepAlive(u.IdnHost); GC.KeepAlive(u.Scheme); });
        Show("path", () => GC.KeepAlive($"/v2/video/generations?generation_id={Uri.EscapeDataString("bench-0000000000000001")}"));
        Show("doc", () => { using var d = System.Text.Json.JsonDocument.Parse(Json); });
        Show("read", () => { using var d = System.Text.Json.JsonDocument.Parse(Json); Wan27.Sdk.Generations.GenerationReader.Read(d.RootElement, "bench-0000000000000001"); });
        Show("array", () => GC.KeepAlive(Json.ToArray()));
    }
    private static void Show(string name, Action a)
    {
        for (var i = 0; i < 50; i++) a();
        var b = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) a();
        Console.WriteLine($"{name} {(GC.GetAllocatedBytesForCurrentThread() - b) / 1000}");
    }
}
internal sealed class Ticks : System.Diagnostics.Tracing.EventListener
{
    public static readonly System.Collections.Concurrent.ConcurrentDictionary<string,int> Counts = new();
    protected override void OnEventSourceCreated(System.Diagnostics.Tracing.EventSource s) { if (s.Name == "Microsoft-Windows-DotNETRuntime") EnableEvents(s, System.Diagnostics.Tracing.EventLevel.Verbose, (System.Diagnostics.Tracing.EventKeywords)1); }
    protected override void OnEventWritten(System.Diagnostics.Tracing.EventWrittenEventArgs e) { if (e.EventName?.StartsWith("GCAllocationTick", StringComparison.Ordinal) == true) Counts.AddOrUpdate((string)e.Payload![5]!, 1, (_, n) => n + 1); }
}
