namespace Wan27.Sdk;

/// <summary>
/// The base class of what this library throws, except for invalid calls (arguments, a disposed client, no journal to resume from) and for the caller's own
/// cancellation. If a generation may exist, the message contains its id and how to continue.
/// </summary>
public abstract class WanException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="WanException"/> class.</summary>
    /// <param name="message">The message, without secrets.</param>
    /// <param name="innerException">The cause.</param>
    protected WanException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    private string? generationId;
    private string? clientRequestId;
    private GenerationStatus? lastStatus;

    /// <summary>Gets the id of the generation that the call was about.</summary>
    /// <value>The id; null if none is known. It may be one that only the caller knows.</value>
    public string? GenerationId
    {
        get => generationId;
        init => generationId = value;
    }

    /// <summary>Gets the id under which the submission was sent.</summary>
    /// <value>The id; null if the call was not a submission.</value>
    public string? ClientRequestId
    {
        get => clientRequestId;
        init => clientRequestId = value;
    }

    /// <summary>Gets the last status of the generation that was read.</summary>
    /// <value>The status; null if none was read.</value>
    public GenerationStatus? LastStatus
    {
        get => lastStatus;
        init => lastStatus = Known(value);
    }

    /// <summary>Gets the message, and how to continue if a generation exists.</summary>
    public override string Message => NextStep() is { } next ? $"{base.Message} {next}" : base.Message;

    /// <summary>Gets a value indicating whether the same read may succeed a moment later.</summary>
    internal virtual bool IsTransient => false;

    /// <summary>Gets how long the service asks to wait.</summary>
    internal virtual TimeSpan? ServerDelay => null;

    /// <summary>Adds what is not known yet of the generation that the call was about.</summary>
    internal void AddContext(string? generationId, string? clientRequestId, GenerationStatus? lastStatus = null)
    {
        this.generationId ??= generationId;
        this.clientRequestId ??= clientRequestId;
        this.lastStatus ??= Known(lastStatus);
    }

    private static GenerationStatus? Known(GenerationStatus? status) => status == GenerationStatus.Unknown ? null : status;

    // If no status was read, the id is the caller's, which is not always that of a generation.
    private protected virtual string? NextStep() => (GenerationId, LastStatus) switch
    {
        (null, _) => null,
        (var id, null) => $"Resume with WaitAsync(\"{id}\").",
        (var id, var status) => $"Generation '{id}' (last status: {status}) is not lost; resume with WaitAsync(\"{id}\").",
    };
}
