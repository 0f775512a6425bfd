using Spectre.Console.Testing;
using Wan27.Cli.Output;

namespace Wan27.Cli.Tests;

public sealed class LiveDisplayTests
{
    private static readonly GenerationProgress Accepted = new("gen-1", GenerationStatus.Queued, TimeSpan.Zero, 0, "order-[1]");

    [Fact]
    public async Task The_display_shows_the_id_the_status_the_polls_and_the_bytes()
    {
        using var console = new TestConsole().Interactive().Width(120);

        var result = await new LiveDisplay(console).ShowAsync(async observer =>
        {
            observer.Sent(new TransferProgress(1_000_000, 2_000_000, 0));
            observer.Generated(Accepted);
            observer.Generated(Accepted with { Status = new GenerationStatus("brewing [odd]"), Polls = 3 });
            await Task.Yield();
            observer.Received(new TransferProgress(1_500_000, 3_000_000, 250_000));
            return 7;
        });

        Assert.Equal(7, result);
        Assert.All(
            ["sending 2 MB", "accepted as gen-1 (submission order-[1])", "brewing [odd], polled 3 times", "receiving 3 MB, 250 kB/s"],
            text => Assert.Contains(text, console.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_line_that_is_drawn_again_does_not_wrap_at_80_columns()
    {
        using var console = new TestConsole().Interactive().Width(80);
        var id = "60ac7c34-3224-4b14-8e7d-0aa0db708325";

        await new LiveDisplay(console).ShowAsync(async observer =>
        {
            observer.Sent(new TransferProgress(10_000_000, 100_500_000, 0));
            observer.Generated(Accepted with { GenerationId = id, ClientRequestId = id });
            observer.Generated(Accepted with { Status = GenerationStatus.Generating, Polls = 120 });
            await Task.Yield();
            observer.Received(new TransferProgress(100_500_000, 200_500_000, 100_500_000));
            return 7;
        });

        Assert.All(
            [@"sending 100\.5 MB", "generating, polled 120 times", @"receiving 200\.5 MB, 100\.5 MB/s"],
            text => Assert.Matches($@"{text} .*\d\d:\d\d:\d\d", console.Output));
    }

    [Fact]
    public async Task An_exception_of_the_work_is_rethrown()
    {
        using var console = new TestConsole().Interactive();

        await Assert.ThrowsAsync<UsageException>(() => new LiveDisplay(console).ShowAsync<int>(observer =>
        {
            observer.Generated(Accepted);
            throw new UsageException("no");
        }));
    }

    [Fact]
    public void Lines_are_plain_if_the_console_is_not_interactive()
    {
        using var console = new TestConsole();
        var terminal = new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null, console);

        Assert.IsType<PlainDisplay>(terminal.Display);
    }
}
