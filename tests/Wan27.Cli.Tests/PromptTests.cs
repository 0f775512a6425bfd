using System.CommandLine;
using Spectre.Console.Testing;
using Wan27.Cli.Commands;
using Wan27.Cli.Output;

namespace Wan27.Cli.Tests;

public sealed class PromptTests
{
    [Fact]
    public async Task A_prompt_that_nobody_types_is_not_waited_for_after_Ctrl_C()
    {
        using var console = new TestConsole();
        using var open = new OpenInput();
        using var interruption = new CancellationTokenSource();
        var command = new Command("generate");
        var arguments = new RequestArguments(command);
        var reading = arguments.ReadAsync(command.Parse("-"), new Terminal(open, TextWriter.Null, TextWriter.Null, console), progress: null, interruption.Token);
        await open.IsRead.Task;

        await interruption.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    /// <summary>A terminal at which nobody types.</summary>
    private sealed class OpenInput : TextReader
    {
        private readonly ManualResetEventSlim end = new();

        public TaskCompletionSource IsRead { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override string ReadToEnd()
        {
            IsRead.SetResult();
            end.Wait();
            return "";
        }

        protected override void Dispose(bool disposing)
        {
            end.Set();
            base.Dispose(disposing);
        }
    }
}
