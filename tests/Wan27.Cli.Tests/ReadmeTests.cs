using System.CommandLine.Parsing;
using System.Text.RegularExpressions;

namespace Wan27.Cli.Tests;

/// <summary>Tests the commands of the READMEs.</summary>
public sealed partial class ReadmeTests
{
    [Theory]
    [InlineData("README.md", 2)]
    [InlineData("Repository/README.md", 1)]
    public async Task The_commands_of_a_README_generate_a_video_on_the_emulator(string readme, int count)
    {
        await using var fixture = await CliFixture.StartAsync();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "lighthouse.png"), fixture["lighthouse.png"]);
        var text = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, readme), TestContext.Current.CancellationToken);
        var commands = Command().Matches(text).Select(match => match.Groups[1].Value).Where(command => !command.StartsWith("emulator", StringComparison.Ordinal)).ToList();

        foreach (var command in commands)
            Assert.Equal(ExitCode.Done, (await fixture.RunAsync([.. CommandLineParser.SplitCommandLine(command)])).Code);

        Assert.Equal(count, commands.Count);
        Assert.InRange(new FileInfo(fixture["lighthouse.mp4"]).Length, 10_000, 10_000_000);
    }

    [GeneratedRegex(@"^(?:tools/)?wan27 ([^#\n]+)", RegexOptions.Multiline)]
    private static partial Regex Command();
}
