namespace Wan27.Sdk.EmulatorTests.Campaign;

/// <summary>A folder for one test, which is deleted with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("wan27-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
