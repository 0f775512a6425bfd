using Wan27.Sdk.PackageTests.Packages;
using Wan27.Sdk.PackageTests.Support;

[assembly: AssemblyFixture(typeof(PackedTwice))]

namespace Wan27.Sdk.PackageTests.Packages;

/// <summary>Both packages, packed from two clean clones in folders of different names and lengths.</summary>
public sealed class PackedTwice : IAsyncLifetime
{
    private static readonly string[] Projects = ["Wan27.Sdk", "Wan27.Sdk.Emulator"];
    private readonly TemporaryFolder folder = new();
    private string[] commits = [];

    public string Commit => commits[0];

    public string Version
    {
        get
        {
            using var package = Open(Projects[0]);
            return package.Metadata().Element("version")!.Value;
        }
    }

    /// <summary>Where the packages lie.</summary>
    public string First => folder["one packages"];

    public string Second => folder["another packages"];

    public async ValueTask InitializeAsync() => commits = [await PackAsync("one", First), await PackAsync("another", Second)];

    public PackageFile Open(string id, string extension = "nupkg") => new(Directory.GetFiles(First, $"{id}.?.*.{extension}").Single());

    public PackageFile OpenSecond(string id) => new(Directory.GetFiles(Second, $"{id}.?.*.nupkg").Single());

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return default;
    }

    private async Task<string> PackAsync(string name, string output)
    {
        var commit = await Repository.CloneAsync(folder[name]);
        foreach (var project in Projects)
            await Tool.DotnetAsync(folder[name], "pack", $"src/{project}", "--output", output);
        return commit;
    }
}
