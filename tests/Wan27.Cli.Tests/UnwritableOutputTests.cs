using Wan27.Sdk.Emulator;

namespace Wan27.Cli.Tests;

/// <summary>Output that cannot be written does not lose what was bought, nor hide that it was.</summary>
public sealed class FullDiskTests
{
    [Theory]
    [InlineData("> /dev/full", "--no-wait")]
    [InlineData("> /dev/full", "--no-wait --json")]
    [InlineData("> /dev/full", "-o fox.mp4")]
    [InlineData("> /dev/full", "-o fox.mp4 --json")]
    [InlineData("1< /dev/null", "-o fox.mp4")]
    public async Task A_result_that_cannot_be_written_ends_with_5_and_tells_how_to_learn_it(string redirection, string more)
    {
        await using var fixture = await StartAsync();

        var (code, _, error) = await fixture.RunRedirectedAsync(redirection, ["generate", CliFixture.Prompt, "--interval", "50ms", .. more.Split(' ')]);

        var submission = Assert.Single(fixture.Emulator.Ledger.Submissions);
        Assert.Equal(ExitCode.StillRunning, code);
        Assert.Matches($"Go on with: wan27 (download|wait|get) (-- )?{submission.Id}\n", error);
        Assert.Equal(more.Contains("-o", StringComparison.Ordinal), error.Contains("the video is saved as 'fox.mp4'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2> /dev/full", 0)]
    [InlineData("> /dev/full 2> /dev/full", 5)]
    public async Task Progress_that_cannot_be_written_does_not_keep_the_video_from_being_fetched(string redirection, int expected)
    {
        await using var fixture = await StartAsync();

        var (code, _, _) = await fixture.RunRedirectedAsync(redirection, "generate", CliFixture.Prompt, "--interval", "50ms", "-o", "fox.mp4");

        Assert.Equal((ExitCode)expected, code);
        Assert.InRange(new FileInfo(fixture["fox.mp4"]).Length, 10_000, 10_000_000);
    }

    [Theory]
    [InlineData("> /dev/full", "generate a --duration 7 --json")]
    [InlineData("> /dev/full", "wait no-such-task --json")]
    [InlineData("1< /dev/null", "wait no-such-task --json")]
    public async Task A_failure_that_cannot_be_written_has_the_code_that_it_has(string redirection, string commandLine)
    {
        await using var fixture = await StartAsync();

        var (code, _, error) = await fixture.RunRedirectedAsync(redirection, commandLine.Split(' '));

        Assert.Equal(ExitCode.Refused, code);
        Assert.Contains("The failure could not be written to standard output", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_resumed_and_cannot_be_told_keeps_the_code_of_the_worst()
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
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/dev/full is Linux's.");
        return CliFixture.StartAsync();
    }
}
