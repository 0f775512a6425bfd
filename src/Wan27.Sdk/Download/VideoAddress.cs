namespace Wan27.Sdk.Download;

/// <summary>The address of a video, which expires, and which the generation has again when it is read again.</summary>
/// <param name="first">The address as first read.</param>
/// <param name="fileSize">The size in bytes that the generation names; null if it names none.</param>
/// <param name="readAsync">Reads the generation again for its address.</param>
internal sealed class VideoAddress(Uri first, long? fileSize, Func<CancellationToken, Task<Uri>> readAsync)
{
    private const int MaxFresh = 2;

    private int fresh;

    public long? FileSize { get; } = fileSize;

    public Uri Current { get; private set; } = first;

    /// <summary>Reads the generation for another address; returns false if that was done often enough.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        if (fresh == MaxFresh)
            return false;
        fresh++;
        Current = await readAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }
}
