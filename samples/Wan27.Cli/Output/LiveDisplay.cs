using Spectre.Console;

namespace Wan27.Cli.Output;

/// <summary>A line that moves for each step: sent, generated, received.</summary>
internal sealed class LiveDisplay(IAnsiConsole console) : IDisplay
{
    public Task<T> ShowAsync<T>(Func<IWatcher, Task<T>> work) => console.Progress()
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
        .StartAsync(async context =>
        {
            var watcher = new Watcher(console, context);
            var result = await work(watcher);
            watcher.Complete();
            return result;
        });

    private sealed class Watcher(IAnsiConsole console, ProgressContext context) : IWatcher
    {
        /// <summary>Less than this is sent before anybody can look.</summary>
        private const int NoticeableBytes = 200_000;

        private ProgressTask? current;
        private string step = "";

        public void Report(UploadProgress value)
        {
            if (value.TotalBytes >= NoticeableBytes)
                Show("sending", $"sending {Words.Bytes(value.TotalBytes)}", value.BytesSent, value.TotalBytes);
        }

        public void Report(GenerationProgress value)
        {
            if (value.Polls == 0)
                console.WriteLine(Words.Status(value));
            Show("generating", $"{Words.Status(value)}, asked {value.Polls} times", 0, null);
        }

        public void Report(DownloadProgress value) => Show(
            "receiving", $"receiving {Words.Bytes(value.TotalBytes ?? value.BytesReceived)}, {Words.Bytes((long)value.BytesPerSecond)}/s", value.BytesReceived, value.TotalBytes);

        public void Complete()
        {
            if (current is null)
                return;
            current.IsIndeterminate = false;
            current.Value = current.MaxValue;
            current.StopTask();
        }

        private void Show(string now, string words, long done, long? total)
        {
            if (now != step)
            {
                Complete();
                current = context.AddTask(now);
                step = now;
            }

            current!.Description = Markup.Escape(words);
            current.IsIndeterminate = total is null;
            if (total is { } all)
                current.MaxValue = Math.Max(all, 1);
            current.Value = done;
        }
    }
}
