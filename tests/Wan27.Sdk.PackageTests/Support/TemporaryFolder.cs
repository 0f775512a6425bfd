namespace Wan27.Sdk.PackageTests.Support;

/// <summary>A folder outside the repository, so that none of its settings reach in.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("wan27 ");

    public string this[string name] => Path.Combine(folder.FullName, name);

    public void Dispose() => folder.Delete(recursive: true);
}
