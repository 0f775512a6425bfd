namespace Wan27.Cli.Output;

/// <summary>Hands progress on where it is made, unlike <see cref="Progress{T}"/>, which may change its order.</summary>
internal sealed class Relay<T>(Action<T> tell) : IProgress<T>
{
    public void Report(T value) => tell(value);
}
