namespace Wan27.Sdk.EmulatorTests.Support;

/// <summary>A folder for one test, which is deleted afterwards.</summary>
internal sealed class TempFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("wan27-");

    public IEnumerable<string> FileNames => folder.EnumerateFileSystemInfos().Select(entry => entry.Name).Order();

    public string this[string name] => Path.Combine(folder.FullName, name);

    public void Dispose() => folder.Delete(recursive: true);
}
