using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Xunit;

namespace Wan27.Sdk.TestSupport;

/// <summary>A client whose generation is finished, and a file host that has the video; no sockets.</summary>
internal sealed class DownloadFixture : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly GenerationApi api = new();

    public DownloadFixture(int length = 300_000, Action<WanVideoClientOptions>? configure = null)
    {
        Host = new VideoFileHost(TestVideo.Of(length), Clock);
        var options = new WanVideoClientOptions { ApiKey = "a-secret-key", LoggerFactory = WatchedLoggers.Instance, TimeProvider = Clock };
        configure?.Invoke(options);
        Client = new WanVideoClient(new HttpClient(api), new HttpClient(Host), options);
    }

    public DownloadClock Clock { get; } = new();

    public VideoFileHost Host { get; }

    public WanVideoClient Client { get; }

    public VideoGeneration Generation { get; init; } = At("https://cdn.example/video.mp4?signature=s");

    public string Target => Path.Combine(folder.Path, "video.mp4");

    public string Part => Target + ".part";

    public string Folder => folder.Path;

    public IEnumerable<string> FileNames => Directory.EnumerateFileSystemEntries(folder.Path).Select(path => Path.GetFileName(path)!).Order();

    /// <summary>The HTTP methods with which the API was called.</summary>
    public IEnumerable<string> ApiCalls => api.Methods;

    public static VideoGeneration At(string url, string id = "gen-1") =>
        new() { Id = id, Status = GenerationStatus.Completed, Videos = [new GeneratedVideo { Uri = new Uri(url, UriKind.RelativeOrAbsolute) }] };

    public Task DownloadAsync(DownloadOptions? options = null) =>
        Client.DownloadToFileAsync(Generation, Target, options, TestContext.Current.CancellationToken);

    public Task<WanDownloadException> FailAsync(DownloadOptions? options = null) =>
        Assert.ThrowsAsync<WanDownloadException>(() => DownloadAsync(options));

    /// <summary>Asserts that the video exists under its name, and nothing else.</summary>
    public void AssertComplete()
    {
        Assert.Equal(["video.mp4"], FileNames);
        Assert.True(File.ReadAllBytes(Target).AsSpan().SequenceEqual(Host.Video));
    }

    public void Dispose()
    {
        Client.Dispose();
        folder.Dispose();
    }

    private sealed class GenerationApi : HttpMessageHandler
    {
        private int reads;

        public ConcurrentQueue<string> Methods { get; } = new();

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Methods.Enqueue(request.Method.Method);
            var json = $$"""{"id":"gen-1","status":"completed","video":{"url":"https://cdn.example/video.mp4?fresh={{++reads}}"} }""";
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") });
        }
    }
}
