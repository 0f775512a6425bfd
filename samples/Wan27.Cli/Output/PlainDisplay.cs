namespace Wan27.Cli.Output;

/// <summary>A line for each change, for logs and pipes.</summary>
internal sealed class PlainDisplay(TextWriter writer) : IDisplay
{
    public Task<T> ShowAsync<T>(Func<IWatcher, Task<T>> work) => work(new Watcher(writer));

    private sealed class Watcher(TextWriter writer) : IWatcher
    {
        private string latest = "";

        public void Sent(TransferProgress progress)
        {
        }

        public void Generated(GenerationProgress progress)
        {
            if (Words.Status(progress) is var now && now != latest)
                writer.WriteLine($"{Words.Elapsed(progress.Elapsed)}  {latest = now}");
        }

        public void Received(TransferProgress progress)
        {
            if (progress.Bytes == progress.TotalBytes)
                writer.WriteLine($"       received {Words.Bytes(progress.Bytes)}");
        }
    }
}
