namespace Wan27.Cli.Output;

/// <summary>Shows how far a video is while it is being made and fetched.</summary>
internal interface IDisplay
{
    Task<T> ShowAsync<T>(Func<IWatcher, Task<T>> work);
}
