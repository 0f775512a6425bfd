namespace Wan27.Sdk.Media;

/// <summary>Media on this machine, whose bytes go into the request.</summary>
internal abstract class LocalMedia : MediaSource
{
    /// <summary>Prepares the media to be opened.</summary>
    public virtual ValueTask PrepareAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <exception cref="WanValidationException">The media cannot be read.</exception>
    public abstract MediaReader Open();
}
