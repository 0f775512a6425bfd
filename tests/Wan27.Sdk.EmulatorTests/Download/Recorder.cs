namespace Wan27.Sdk.EmulatorTests.Download;

/// <summary>Receives each report synchronously, and not later on another thread.</summary>
internal sealed class Recorder<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
