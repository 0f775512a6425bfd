namespace Wan27.Sdk.Transport;

/// <summary>A time limit on top of a caller's token. Whoever still holds its token when it is disposed is canceled.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly CancellationTokenSource source;
    private readonly CancellationTokenRegistration outer;

    /// <param name="limit">How long from now.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public TimeLimit(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        source = new CancellationTokenSource(limit, time);
        outer = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), source);
        Token = source.Token;
    }

    /// <summary>Gets a token that is canceled by the limit or by the caller's token.</summary>
    public CancellationToken Token { get; }

    /// <summary>Starts the time again.</summary>
    /// <param name="limit">How long from now.</param>
    public void Restart(TimeSpan limit) => source.CancelAfter(limit);

    /// <summary>Ends it at once.</summary>
    public void Cancel() => source.Cancel();

    public void Dispose()
    {
        outer.Dispose();
        source.Cancel();
        source.Dispose();
    }
}
