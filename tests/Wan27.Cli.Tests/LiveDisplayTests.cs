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
    public async Task The_ids_are_printed_once_and_not_in_the_line_that_is_drawn_again()
    {
        using var console = new TestConsole().Interactive().Width(80);
        var accepted = Accepted with { GenerationId = "60ac7c34-3224-4b14-8e7d-0aa0db708325", ClientRequestId = "1f0b9a52-77a1-4c0e-9f6d-2f3a8c1d5e40" };

        await new LiveDisplay(console).ShowAsync(observer =>
        {
            observer.Generated(accepted);
            return Task.FromResult(7);
        });

        Assert.Equal(1, console.Output.Split(accepted.GenerationId).Length - 1);
        Assert.Matches(@"waiting .*\d\d:\d\d:\d\d", console.Output);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Each_line_that_is_drawn_again_fits_in_the_window(int width)
    {
        using var console = new TestConsole().Interactive().Width(width);

        await new LiveDisplay(console).ShowAsync(observer =>
        {
            observer.Sent(new TransferProgress(1, 27_999_999, 0));
            observer.Generated(Accepted with { Status = GenerationStatus.Generating, Polls = 9_999 });
            observer.Received(new TransferProgress(1, 1_999_999_999, 99_999_999));
            return Task.FromResult(7);
        });

        Assert.Matches(@"sending 28 MB .*\d\d:\d\d:\d\d", console.Output);
        Assert.Matches(@"generating, polled 9999 times .*\d\d:\d\d:\d\d", console.Output);
        Assert.Matches(@"receiving .*B/s .*\d\d:\d\d:\d\d", console.Output);
    }

    [Theory]
    [InlineData(480, 0, "waiting, about 8 min left")]
    [InlineData(61, 3, "generating, about 2 min left")]
    [InlineData(60, 3, "generating, about 60 s left")]
    [InlineData(11, 3, "generating, about 15 s left")]
    [InlineData(0, 3, "generating, polled 3 times")]
    public async Task The_expected_time_is_shown_and_the_ids_are_not_repeated(int seconds, int polls, string text)
    {
        var progress = Accepted with { Polls = polls, Status = GenerationStatus.Generating, ExpectedTimeLeft = TimeSpan.FromSeconds(seconds) };
        using var console = new TestConsole().Interactive().Width(80);
        using var lines = new StringWriter();

        await new LiveDisplay(console).ShowAsync(Work);
        await new PlainDisplay(lines).ShowAsync(Work);

        Assert.Matches(text + @" .*\d\d:\d\d:\d\d", console.Output);
        Assert.Equal(1, console.Output.Split(Accepted.GenerationId).Length - 1);
        Assert.Equal(1, lines.ToString().Split(Accepted.GenerationId).Length - 1);
        Assert.Contains(text.Split(", polled")[0], lines.ToString(), StringComparison.Ordinal);

        Task<int> Work(IProgressObserver observer)
        {
            observer.Generated(Accepted);
            observer.Generated(progress);
            return Task.FromResult(7);
        }
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
