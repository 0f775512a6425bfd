namespace Wan27.Cli.Output;

/// <summary>A line for each change, for logs and pipes.</summary>
internal sealed class PlainDisplay(TextWriter writer) : IDisplay
{
    public Task<T> ShowAsync<T>(Func<IWatcher, Task<T>> work) => work(new Watcher(writer));

    private sealed class Watcher(TextWriter writer) : IWatcher
    {
        private string latest = "";

        public void Report(UploadProgress value)
        {
        }

        public void Report(GenerationProgress value)
        {
            if (Words.Status(value) is var now && now != latest)
                writer.WriteLine($"{Words.Elapsed(value.Elapsed)}  {latest = now}");
        }

        public void Report(DownloadProgress value)
        {
            if (value.BytesReceived == value.TotalBytes)
                writer.WriteLine($"       received {Words.Bytes(value.BytesReceived)}");
        }
    }
}
