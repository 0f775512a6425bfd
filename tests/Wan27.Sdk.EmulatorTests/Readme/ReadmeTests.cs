using System.Text.RegularExpressions;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Readme;

public sealed partial class ReadmeTests
{
    [Theory]
    [InlineData("ten-lines")]
    [InlineData("journal")]
    [InlineData("budget")]
    [InlineData("host")]
    [InlineData("emulator")]
    public void A_sample_of_the_README_is_the_one_that_is_compiled(string name) =>
        Assert.Equal(Lines(Compiled(name)), Lines(Shown(name)));

    [Fact]
    public void Every_csharp_sample_of_the_README_is_named() =>
        Assert.Equal(Regex.Count(Readme, "```csharp"), NamedSample().Count(Readme));

    [Fact]
    public Task The_emulator_sample_runs() => ReadmeSamples.EmulatorAsync();

    private static string Readme => Read("README.md");

    private static string Shown(string name) =>
        NamedSample().Matches(Readme).Single(match => match.Groups["name"].Value == name).Groups["code"].Value;

    private static string Compiled(string name) =>
        Regex.Match(Read("ReadmeSamples.cs"), $"// <{name}>\n(?<code>.*?)// </{name}>", RegexOptions.Singleline).Groups["code"].Value;

    private static IEnumerable<string> Lines(string code) => code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    private static string Read(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", file));

    [GeneratedRegex("<!-- sample: (?<name>[a-z-]+) -->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex NamedSample();
}
