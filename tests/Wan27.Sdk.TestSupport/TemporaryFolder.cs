namespace Wan27.Sdk.TestSupport;

/// <summary>A folder for one test, which is deleted with it.</summary>
/// <param name="prefix">The beginning of its name.</param>
internal sealed class TemporaryFolder(string prefix = "wan27-") : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory(prefix);

    public string Path => folder.FullName;

    public IEnumerable<string> FileNames => folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order();

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public string File(string name, byte[] content)
    {
        System.IO.File.WriteAllBytes(this[name], content);
        return this[name];
    }

    public void Dispose() => folder.Delete(recursive: true);
}
