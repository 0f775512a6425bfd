using Spectre.Console;

namespace Wan27.Cli.Output;

/// <summary>Shows an animated line for each step: upload, generation, download.</summary>
internal sealed class LiveDisplay(IAnsiConsole console) : IDisplay
{
    public Task<T> ShowAsync<T>(Func<IProgressObserver, Task<T>> work) => console.Progress()
        .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new ElapsedTimeColumn())
        .StartAsync(async context =>
        {
            var observer = new Observer(console, context);
            var result = await work(observer);
            observer.Complete();
            return result;
        });

    private sealed class Observer(IAnsiConsole console, ProgressContext context) : IProgressObserver
    {
        /// <summary>A smaller upload completes too quickly to be shown.</summary>
        private const int MinShownBytes = 200_000;

        private ProgressTask? current;
        private string step = "";

        public void Sent(TransferProgress progress)
        {
            if (progress.TotalBytes is { } total and >= MinShownBytes)
                Show("sending", $"sending {Messages.Bytes(total)}", progress.Bytes, total);
        }

        public void Generated(GenerationProgress progress)
        {
            if (Messages.IsFirst(progress))
                console.WriteLine(Messages.Status(progress));
            var more = Messages.Left(progress) ?? (progress.Polls == 0 ? "" : $", polled {progress.Polls} times");
            Show("generating", $"{(progress.Polls == 0 ? "waiting" : progress.Status.Value)}{more}", 0, null);
        }

        public void Received(TransferProgress progress) => Show(
            "receiving", $"receiving {Messages.Bytes(progress.TotalBytes ?? progress.Bytes)}, {Messages.Bytes((long)progress.BytesPerSecond)}/s", progress.Bytes, progress.TotalBytes);

        public void Complete()
        {
            if (current is null)
                return;
            current.IsIndeterminate = false;
            current.Value = current.MaxValue;
            current.StopTask();
        }

        private void Show(string now, string text, long done, long? total)
        {
            if (now != step)
            {
                Complete();
                current = context.AddTask(now);
                step = now;
            }

            current!.Description = Markup.Escape(text);
            current.IsIndeterminate = total is null;
            if (total is { } all)
                current.MaxValue = Math.Max(all, 1);
            current.Value = done;
        }
    }
}
