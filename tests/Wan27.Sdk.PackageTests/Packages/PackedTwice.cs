using Wan27.Sdk.PackageTests.Support;

namespace Wan27.Sdk.PackageTests.Packages;

/// <summary>All packages, packed from two clean clones in folders of different lengths; the first also packs the command-line tool.</summary>
[CollectionDefinition(nameof(PackedTwice))]
public sealed class PackedTwice : IAsyncLifetime, ICollectionFixture<PackedTwice>
{
    private const string CommandLine = "samples/Wan27.Cli/Wan27.Cli.csproj";
    private static readonly string[] Libraries =
    [
        "src/Wan27.Sdk/Wan27.Sdk.csproj", "src/Wan27.Sdk.Emulator/Wan27.Sdk.Emulator.csproj", "src/Wan27.Sdk.Imaging/Wan27.Sdk.Imaging.csproj",
        "src/Wan27.Sdk.EntityFrameworkCore/Wan27.Sdk.EntityFrameworkCore.csproj", "src/Wan27.Sdk.Hosting/Wan27.Sdk.Hosting.csproj",
    ];
    private readonly TemporaryFolder folder = new("wan27 ");
    private string[] commits = [];

    public string Commit => commits[0];

    public string Version
    {
        get
        {
            using var package = Open("Wan27.Sdk");
            return package.Metadata().Element("version")!.Value;
        }
    }

    /// <summary>The folder of the packages.</summary>
    public string First => folder["one packages"];

    public string Second => folder["another packages"];

    public async ValueTask InitializeAsync() => commits = [await PackAsync("one", First, [.. Libraries, CommandLine]), await PackAsync("another", Second, Libraries)];

    public PackageFile Open(string id, string extension = "nupkg") => new(Directory.GetFiles(First, $"{id}.?.*.{extension}").Single());

    public PackageFile OpenSecond(string id) => new(Directory.GetFiles(Second, $"{id}.?.*.nupkg").Single());

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return default;
    }

    // In one build, and without the analyzers: they ran in the build of the working tree, and do not change the output.
    private async Task<string> PackAsync(string name, string output, string[] projects)
    {
        var commit = await Repository.CloneAsync(folder[name]);
        await File.WriteAllTextAsync(
            folder[$"{name}/packed.slnx"], $"<Solution>{string.Concat(projects.Select(project => $"""<Project Path="{project}" />"""))}</Solution>");
        await Tool.DotnetAsync(folder[name], "pack", "packed.slnx", "-p:RunAnalyzers=false", "--output", output);
        return commit;
    }
}
