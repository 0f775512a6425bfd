using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Readme;

public sealed partial class ReadmeTests
{
    /// <summary>The repository's README, those inside the packages, and the pages under docs.</summary>
    private static readonly string[] Readmes = [.. Directory.EnumerateFiles(Folder, "*.md").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private static readonly string Samples = Read("ReadmeSamples.cs") + Read("DocsSamples.cs");

    public static TheoryData<string, string, string> Shown { get; } =
        [.. Readmes.SelectMany(readme => NamedSample().Matches(Read(readme)).Select(match => (readme, match.Groups["name"].Value, match.Groups["code"].Value)))];

    [Theory]
    [MemberData(nameof(Shown))]
    public void A_sample_of_a_README_is_the_one_that_is_compiled(string readme, string name, string code)
    {
        var compiled = Regex.Match(Samples, $"// <{name}>\n(?<code>.*?)// </{name}>", RegexOptions.Singleline).Groups["code"].Value;

        Assert.True(compiled.Length > 0, $"{readme} shows {name}, which is not compiled.");
        Assert.Equal(Lines(compiled), Lines(code));
    }

    [Fact]
    public void A_using_directive_of_a_sample_names_a_namespace_of_a_package() => Assert.All(
        Shown.SelectMany(row => UsingDirective().Matches(row.Data.Item3).Select(match => match.Groups["name"].Value)).DefaultIfEmpty("none"),
        name => Assert.Contains(name, new[] { typeof(WanVideoClient).Namespace!, typeof(WanEmulator).Namespace! }));

    [Fact]
    public void Every_csharp_sample_is_named() =>
        Assert.All(Readmes, readme => Assert.Equal(Regex.Count(Read(readme), "```csharp"), NamedSample().Count(Read(readme))));

    [Fact]
    public void Every_compiled_sample_is_shown() =>
        Assert.Equal(
            Regex.Matches(Samples, "^ +// <([a-z-]+)>", RegexOptions.Multiline).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal),
            Shown.Select(row => row.Data.Item2).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void All_pages_are_checked() => Assert.InRange(Readmes.Length, 18, 40);

    [Fact]
    public Task The_emulator_sample_runs() => ReadmeSamples.EmulatorAsync();

    [Fact]
    public Task The_emulator_sample_of_the_docs_runs() => DocsSamples.TestOnEmulatorAsync();

    [Fact]
    public void The_settings_shown_are_read_and_the_key_comes_from_the_environment()
    {
        Environment.SetEnvironmentVariable("README_Wan27__ApiKey", "key-of-the-environment");
        var shown = Regex.Match(Read("configuration.md"), "<!-- settings -->\n```json\n(?<json>.*?)```", RegexOptions.Singleline).Groups["json"].Value;
        var configuration = new ConfigurationBuilder()
            .AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(shown)))
            .AddEnvironmentVariables("README_")
            .Build();
        var services = new ServiceCollection();
        _ = services.AddWanVideoClient(configuration.GetSection("Wan27"));
        using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptionsMonitor<WanVideoClientOptions>>().CurrentValue;

        Assert.Equal(
            ("key-of-the-environment", TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(30), PollingOptions.Default.Interval),
            (options.ApiKey, options.AttemptTimeout, options.Polling.Timeout, options.Polling.Interval));
    }

    // The compiled samples are inside methods, where no using directive can be.
    private static IEnumerable<string> Lines(string code) =>
        UsingDirective().Replace(code, "").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Readme");

    private static string Read(string file) => File.ReadAllText(Path.Combine(Folder, file)).ReplaceLineEndings("\n");

    [GeneratedRegex("<!-- sample: (?<name>[a-z-]+) -->\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex NamedSample();

    [GeneratedRegex(@"^using (?<name>[\w.]+);$", RegexOptions.Multiline)]
    private static partial Regex UsingDirective();
}
