using Wan27.Sdk.PackageTests.Support;

namespace Wan27.Sdk.PackageTests.Packages;

[Collection(nameof(PackedTwice))]
public sealed class ConsumerTests(PackedTwice packed)
{
    [Fact]
    public async Task A_project_restores_the_packed_files_builds_without_a_warning_and_makes_a_video()
    {
        using var folder = new TemporaryFolder("wan27 ");
        var project = folder["Consumer"];
        Directory.CreateDirectory(project);
        foreach (var file in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Consumer")))
            File.Copy(file, Path.Combine(project, Path.GetFileName(file)));

        // Its own package folder, or a package of an earlier run would be used; the machine's folder for all others, read only.
        var cache = (await Tool.DotnetAsync(project, "nuget", "locals", "global-packages", "--list")).Split(": ", 2)[1].Trim();
        await Tool.DotnetAsync(
            project, "build", $"-p:Wan27Version={packed.Version}", $"-p:RestoreAdditionalProjectSources={packed.First}", $"-p:RestorePackagesPath={folder["cache"]}", $"-p:RestoreFallbackFolders={cache}");
        var output = await Tool.DotnetAsync(project, "run", "--no-build", "--framework", "net10.0", "--", folder["fox.mp4"]);

        Assert.EndsWith("1 submission, 1 charge", output.Trim(), StringComparison.Ordinal);
        Assert.True(new FileInfo(folder["fox.mp4"]).Length > 10_000);
        Assert.True(Directory.Exists(Path.Combine(folder["cache"], "wan27.sdk")));
    }
}
