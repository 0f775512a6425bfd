namespace Wan27.Sdk.Transport;

/// <summary>When something must be over, by a clock that does not jump.</summary>
internal readonly struct Deadline(TimeSpan timeout, TimeProvider time)
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
    public Task PauseAsync(TimeSpan delay, TimeSpan reserve, CancellationToken cancellationToken)
    {
        var left = Left - reserve;
        var pause = delay < left ? delay : left;
        return pause > TimeSpan.Zero ? Task.Delay(pause, time, cancellationToken)
            : cancellationToken.IsCancellationRequested ? Task.FromCanceled(cancellationToken)
            : Task.CompletedTask;
    }

    /// <summary>A token that ends with the deadline.</summary>
    /// <param name="reserve">What is kept of the time.</param>
    /// <param name="cancellationToken">Ends it as well.</param>
    public TimeLimit Limit(TimeSpan reserve, CancellationToken cancellationToken)
    {
        var left = Left - reserve;
        return new TimeLimit(left < Grace ? Grace : left > LongestTimer ? LongestTimer : left, time, cancellationToken);
    }

    /// <summary>Creates what is thrown if no response arrived before the deadline.</summary>
    public static WanConnectionException Missed(OperationCanceledException e) => new("No response arrived in time.", e);
}
