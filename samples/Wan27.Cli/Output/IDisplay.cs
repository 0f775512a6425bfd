namespace Wan27.Cli.Output;

/// <summary>Shows the progress of a generation and its download.</summary>
internal interface IDisplay
{
    Task<T> ShowAsync<T>(Func<IProgressObserver, Task<T>> work);
}
