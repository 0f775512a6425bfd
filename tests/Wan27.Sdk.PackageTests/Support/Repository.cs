namespace Wan27.Sdk.PackageTests.Support;

/// <summary>The working tree under test, and clean clones from which its packages are built.</summary>
internal static class Repository
{
    /// <summary>Any address works: it must be in the package as it was in the clone.</summary>
    public const string Remote = "https://github.com/owner/name";

    private static readonly string[] Inputs = ["src", "assets", "samples/Directory.Build.props", "samples/Wan27.Cli", "Directory.*", "global.json", ".editorconfig", ".gitignore", ".gitattributes", "CHANGELOG.md", "LICENSE"];

    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    /// <summary>A clone as on a build server: one commit, a public remote, nothing built. The commit is the same wherever it is created.</summary>
    public static async Task<string> CloneAsync(string folder)
    {
        Directory.CreateDirectory(folder);
        var listed = await Tool.GitAsync(Root, ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", .. Inputs]);
        foreach (var file in listed.Split('\0').Where(file => File.Exists(Path.Combine(Root, file))))
        {
            var copy = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(Root, file), copy);
        }

        await Tool.GitAsync(folder, "init", "-q", "-b", "main");
        await Tool.GitAsync(folder, "remote", "add", "origin", $"{Remote}.git");
        await Tool.GitAsync(folder, "add", "--all");
        await Tool.GitAsync(
            folder, "-c", "user.name=build", "-c", "user.email=build@localhost", "-c", "commit.gpgsign=false", "commit", "-q", "-m", "What is packed");
        return (await Tool.GitAsync(folder, "rev-parse", "HEAD")).Trim();
    }

    private static string Find(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Wan27.Sdk.sln")) ? folder.FullName : Find(folder.Parent!);
}
