using Wan27.Sdk.Errors;

namespace Wan27.Sdk.Transport;

/// <summary>One attempt at one request, and what is known of it: how far its body got, and which response headers arrived.</summary>
internal sealed class SendAttempt
{
    private static readonly HttpRequestOptionsKey<SendAttempt> Slot = new("Wan27.Sdk.SendAttempt");

    private readonly object gate = new();
    private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SingleUseContent content;
    private bool hasEntered;
    private bool isSealed;

    private SendAttempt(SingleUseContent content) => this.content = content;

    /// <summary>Gets a value indicating whether the innermost handler of this library is between the application's handlers and the network.</summary>
    public required bool IsGuarded { get; init; }

    /// <summary>Gets or sets the headers of whatever response arrived, even if a handler above lost it.</summary>
    public ApiResponseHeaders? Head { get; set; }

    /// <summary>Gets why local media could not be sent; the transport would hide it behind an error of its own.</summary>
    public WanValidationException? MediaFault => content.MediaFault;

    /// <summary>
    /// Gets how far the attempt got; final once the attempt is sealed. Never too little: if only the application's handlers know, a body that was
    /// handed over counts as sent.
    /// </summary>
    public SubmissionPhase Phase
    {
        get
        {
            lock (gate)
            {
                return Head is not null ? SubmissionPhase.Answered
                    : IsBodySent ? SubmissionPhase.Sent
                    : SubmissionPhase.NotSent;
            }
        }
    }

    /// <summary>Gets a value indicating whether the service may have the complete body; final once the attempt is sealed.</summary>
    public bool IsBodySent
    {
        get
        {
            lock (gate)
                return (hasEntered || !IsGuarded) && content.IsHandedOver;
        }
    }

    /// <summary>Ties an attempt to the request that makes it, and gives the request its single-use body.</summary>
    public static SendAttempt Begin(HttpRequestMessage request, SingleUseContent content, bool isGuarded)
    {
        var attempt = new SendAttempt(content) { IsGuarded = isGuarded };
        request.Content = content;
        request.Options.Set(Slot, attempt);
        return attempt;
    }

    public static SendAttempt? Of(HttpRequestMessage request) => request.Options.TryGetValue(Slot, out var attempt) ? attempt : null;

    /// <summary>
    /// Lets the attempt through to the network, once. A body that a handler above has read or replaced is wrapped, so that the transport
    /// below cannot send it twice either. A second sending is refused only when the first has ended: a handler that hedges would take an
    /// earlier refusal for the response, and cancel the first.
    /// </summary>
    /// <exception cref="ReplayRefusedException">A handler sends the request again, or after the attempt has ended.</exception>
    public async Task EnterWireAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (TryEnter(request))
            return;
        await left.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        throw new ReplayRefusedException();
    }

    /// <summary>Ends the sending, whatever its result.</summary>
    public void LeaveWire() => left.TrySetResult();

    /// <summary>
    /// Lets nothing of the attempt be sent any more, also by a handler that still holds its request or a copy. To be called before
    /// <see cref="Phase"/> is judged: a handler may have given the attempt up while it waits for a key or a connection.
    /// </summary>
    public void Seal()
    {
        lock (gate)
        {
            isSealed = true;
            content.Seal();
        }

        left.TrySetResult();
    }

    private bool TryEnter(HttpRequestMessage request)
    {
        lock (gate)
        {
            if (isSealed || hasEntered)
                return false;
            hasEntered = true;
            if (!ReferenceEquals(request.Content, content) || content.HasStarted)
                request.Content = content = SingleUseContent.Around(request.Content, content);
            content.IsOnWire = true;
            return true;
        }
    }
}
