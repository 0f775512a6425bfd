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

        public void Sent(TransferProgress progress)
        {
            if (progress.TotalBytes is { } total and >= NoticeableBytes)
                Show("sending", $"sending {Words.Bytes(total)}", progress.Bytes, total);
        }

        public void Generated(GenerationProgress progress)
        {
            if (progress.Polls == 0)
                console.WriteLine(Words.Status(progress));
            Show("generating", $"{Words.Status(progress)}, asked {progress.Polls} times", 0, null);
        }

        public void Received(TransferProgress progress) => Show(
            "receiving", $"receiving {Words.Bytes(progress.TotalBytes ?? progress.Bytes)}, {Words.Bytes((long)progress.BytesPerSecond)}/s", progress.Bytes, progress.TotalBytes);

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
