namespace Wan27.Sdk.EmulatorTests.Campaign;

/// <summary>A folder of its own for one test, gone with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("wan27-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
