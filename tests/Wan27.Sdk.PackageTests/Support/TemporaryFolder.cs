namespace Wan27.Sdk.PackageTests.Support;

/// <summary>A folder outside the repository, so that none of its settings apply.</summary>
/// <param name="prefix">The beginning of its name; with a blank, because many folders of users have one.</param>
internal sealed class TemporaryFolder(string prefix = "wan27 ") : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory(prefix);

    public string this[string name] => Path.Combine(folder.FullName, name);

    public void Dispose() => folder.Delete(recursive: true);
}
