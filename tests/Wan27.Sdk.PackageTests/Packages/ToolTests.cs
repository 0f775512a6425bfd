using Wan27.Sdk.PackageTests.Support;

namespace Wan27.Sdk.PackageTests.Packages;

[Collection(nameof(PackedTwice))]
public sealed class ToolTests(PackedTwice packed)
{
    [Fact]
    public async Task The_packed_command_line_is_installed_from_a_folder_alone_and_runs()
    {
        using var folder = new TemporaryFolder("wan27 ");
        Directory.CreateDirectory(folder["empty"]);
        await File.WriteAllTextAsync(
            folder["empty/nuget.config"],
            $"""<configuration><packageSources><clear /><add key="packed" value="{packed.First}" /></packageSources></configuration>""",
            TestContext.Current.CancellationToken);

        await Tool.DotnetAsync(folder["empty"], "tool", "install", "Wan27.Cli", "--version", packed.Version, "--tool-path", folder["tools"]);
        var output = await Tool.RunAsync(Path.Combine(folder["tools"], "wan27"), folder["empty"], "validate", "A fox in the snow.");

        Assert.Equal("valid for alibaba/wan-2-7-t2v", output.Trim());
    }
}
