namespace Wan27.Sdk.Transport;

/// <summary>When something must be over, by a clock that does not jump.</summary>
internal sealed class Deadline(TimeSpan timeout, TimeProvider time)
{
    /// <summary>The longest that a timer can be set to, less a margin.</summary>
    public static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    /// <summary>What work that begins at the deadline is still given.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    private readonly long began = time.GetTimestamp();

    public TimeSpan Elapsed => time.GetElapsedTime(began);

    public TimeSpan Left => timeout == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : timeout - Elapsed;

    /// <summary>Waits, but no longer than until the deadline.</summary>
    /// <param name="delay">How long to wait.</param>
    /// <param name="reserve">What is kept of the time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task PauseAsync(TimeSpan delay, TimeSpan reserve, CancellationToken cancellationToken)
    {
        var left = Left - reserve;
        var pause = delay < left ? delay : left;
        if (pause > TimeSpan.Zero)
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Reads something, and gives it up at the deadline.</summary>
    /// <param name="readAsync">Reads.</param>
    /// <param name="reserve">What is kept of the time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="WanConnectionException">The time was over.</exception>
    public async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> readAsync, TimeSpan reserve, CancellationToken cancellationToken)
    {
        var left = Left - reserve;
        using var end = new CancellationTokenSource(left < Grace ? Grace : left > LongestTimer ? LongestTimer : left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        try
        {
            return await readAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WanConnectionException("There was no answer before the time was over.", e);
        }
    }
}
