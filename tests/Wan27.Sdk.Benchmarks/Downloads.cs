using System.Diagnostics;

namespace Wan27.Sdk.Benchmarks;

/// <summary>One download of one video, in each of the compared ways.</summary>
internal sealed class Downloads : IDisposable
{
    private readonly LoopbackServer server;
    private readonly string folder;
    private readonly HttpClient http = new();
    private readonly WanVideoClient client;

    /// <param name="server">The server that has the videos.</param>
    /// <param name="folder">The destination folder.</param>
    public Downloads(LoopbackServer server, string folder)
    {
        this.server = server;
        this.folder = Directory.CreateDirectory(Path.Combine(folder, "wan27-benchmark")).FullName;
        client = new WanVideoClient(new WanVideoClientOptions { ApiKey = "benchmark", BaseAddress = server.BaseAddress });
    }

    private string Target => Path.Combine(folder, "video.mp4");

    public Task SdkAsync(long length, bool isSlow = false) =>
        client.DownloadToFileAsync(Generation(length, isSlow), Target, new DownloadOptions { Overwrite = true });

    public Task SdkToNowhereAsync(long length, IProgress<TransferProgress>? progress = null) =>
        client.DownloadAsync(Generation(length), Stream.Null, new DownloadOptions { MaxBytes = length, Progress = progress });

    public async Task GetByteArrayAsync(long length) =>
        await File.WriteAllBytesAsync(Target, await http.GetByteArrayAsync(server.Video(length)));

    public async Task CopyToAsync(long length)
    {
        using var response = await http.GetAsync(server.Video(length), HttpCompletionOption.ResponseHeadersRead);
        await using var file = File.Create(Target);
        await response.Content.CopyToAsync(file);
    }

    public Task CurlAsync(long length) => RunAsync("curl", "--silent", "--fail", "--output", Target, server.Video(length).AbsoluteUri);

    /// <summary>As durable as the SDK's download: curl leaves the file in the system's cache.</summary>
    public async Task CurlAndSyncAsync(long length)
    {
        await CurlAsync(length);
        await RunAsync("sync", Target);
    }

    public void Clear() => File.Delete(Target);

    public void Dispose()
    {
        client.Dispose();
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    private VideoGeneration Generation(long length, bool isSlow = false) => new()
    {
        Id = "bench-0000000000000001",
        Status = GenerationStatus.Completed,
        Videos = [new GeneratedVideo { Uri = server.Video(length, isSlow) }],
    };
}
