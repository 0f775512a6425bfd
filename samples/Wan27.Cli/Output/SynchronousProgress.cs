namespace Wan27.Cli.Output;

/// <summary>Reports progress synchronously, unlike <see cref="Progress{T}"/>, which may change the order.</summary>
internal sealed class SynchronousProgress<T>(Action<T> handler) : IProgress<T>
{
    public void Report(T value) => handler(value);
}
