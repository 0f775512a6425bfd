namespace Wan27.Cli.Output;

/// <summary>Writes a line for each change, for logs and pipes.</summary>
internal sealed class PlainDisplay(TextWriter writer) : IDisplay
{
    public Task<T> ShowAsync<T>(Func<IProgressObserver, Task<T>> work) => work(new Observer(writer));

    private sealed class Observer(TextWriter writer) : IProgressObserver
    {
        private string latest = "";

        public void Sent(TransferProgress progress)
        {
        }

        public void Generated(GenerationProgress progress)
        {
            if (Messages.Status(progress) is var now && now != latest)
                writer.WriteLine($"{Messages.Elapsed(progress.Elapsed)}  {latest = now}{Messages.Left(progress)}");
        }

        public void Received(TransferProgress progress)
        {
            if (progress.Bytes == progress.TotalBytes)
                writer.WriteLine($"       received {Messages.Bytes(progress.Bytes)}");
        }
    }
}
