namespace Wan27.Sdk;

/// <summary>
/// Everything that this library throws of its own accord, except what is wrong with a call (its arguments, a client that is disposed or has no journal
/// to resume from) and the caller's own cancellation.
/// Its message names the generation and the way back to it as soon as one may exist.
/// </summary>
public abstract class WanException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What went wrong, with the value and the limit; no secret.</param>
    /// <param name="innerException">The cause, if another exception was it.</param>
    protected WanException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The generation that the failed call was about, which of a bare id the caller alone may know; null when none is known.</summary>
    public string? GenerationId { get; internal set; }

    /// <summary>The id under which the submission was sent; null when the call was not a submission.</summary>
    public string? ClientRequestId { get; internal set; }

    /// <summary>The last status that was read of the generation; null when none was.</summary>
    public GenerationStatus? LastStatus
    {
        get;
        internal set => field = value is { Value.Length: > 0 } ? value : null;
    }

    /// <summary>What went wrong, followed by how to resume where a generation exists.</summary>
    public override string Message => WayBack() is { } wayBack ? $"{base.Message} {wayBack}" : base.Message;

    /// <summary>Whether the same read may well succeed a moment later.</summary>
    internal virtual bool IsTransient => false;

    /// <summary>How long the server asked to wait.</summary>
    internal virtual TimeSpan? ServerDelay => null;

    // Where nothing was read of it the id is the caller's word, and whether it is a task's is not known.
    private protected virtual string? WayBack() => (GenerationId, LastStatus) switch
    {
        (null, _) => null,
        (var id, null) => $"Resume with WaitAsync(\"{id}\").",
        (var id, var status) => $"Generation '{id}' (last status: {status}) is not lost; resume with WaitAsync(\"{id}\").",
    };
}
