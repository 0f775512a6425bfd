using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Tests;

/// <summary>Tests that a write error neither loses nor hides a purchase.</summary>
public sealed class UnwritableOutputTests
{
    [Theory]
    [InlineData("> /dev/full", "--no-wait")]
    [InlineData("> /dev/full", "--no-wait --json")]
    [InlineData("> /dev/full", "-o fox.mp4")]
    [InlineData("> /dev/full", "-o fox.mp4 --json")]
    [InlineData("1< /dev/null", "-o fox.mp4")]
    public async Task An_unwritable_result_exits_with_5_and_prints_the_next_command(string redirection, string more)
    {
        await using var fixture = await StartAsync();

        var (code, _, error) = await fixture.RunRedirectedAsync(redirection, ["generate", CliFixture.Prompt, "--interval", "50ms", .. more.Split(' ')]);

        var submission = Assert.Single(fixture.Emulator.Ledger.Submissions);
        Assert.Equal(ExitCode.StillRunning, code);
        Assert.Matches($"Next: wan27 (download|wait|get) (-- )?{submission.Id}\n", error);
        Assert.Equal(more.Contains("-o", StringComparison.Ordinal), error.Contains("the video is saved as 'fox.mp4'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2> /dev/full", 0)]
    [InlineData("> /dev/full 2> /dev/full", 5)]
    public async Task Unwritable_progress_does_not_prevent_the_download(string redirection, int expected)
    {
        await using var fixture = await StartAsync();

        var (code, _, _) = await fixture.RunRedirectedAsync(redirection, "generate", CliFixture.Prompt, "--interval", "50ms", "-o", "fox.mp4");

        Assert.Equal((ExitCode)expected, code);
        Assert.InRange(new FileInfo(fixture["fox.mp4"]).Length, 10_000, 10_000_000);
    }

    [Theory]
    [InlineData("> /dev/full", "generate a --duration 7 --json")]
    [InlineData("> /dev/full", "wait no-such-id --interval 100ms --json")]
    [InlineData("1< /dev/null", "wait no-such-id --interval 100ms --json")]
    public async Task An_unwritable_failure_keeps_its_exit_code(string redirection, string commandLine)
    {
        await using var fixture = await StartAsync();

        var (code, _, error) = await fixture.RunRedirectedAsync(redirection, commandLine.Split(' '));

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("The failure could not be written to standard output", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unwritable_result_of_resume_keeps_the_most_severe_exit_code()
    {
        await using var fixture = await StartAsync();
        fixture.Emulator.Script(EmulatorScript.FailWith("Policy", "no"));
        _ = await fixture.GenerateAsync("--no-wait");

        Assert.Equal(ExitCode.GenerationFailed, (await fixture.RunRedirectedAsync("> /dev/full", "resume", "--interval", "50ms", "--json")).Code);
        Assert.Equal(ExitCode.Failed, (await fixture.RunRedirectedAsync("> /dev/full", "resume", "--json")).Code);
        Assert.Equal(ExitCode.Failed, (await fixture.RunRedirectedAsync("1< /dev/null", "resume", "--json")).Code);
    }

    private static Task<CliFixture> StartAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full exists on Linux only.");
        return CliFixture.StartAsync();
    }
}
