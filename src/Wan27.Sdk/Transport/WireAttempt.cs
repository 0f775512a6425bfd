namespace Wan27.Sdk.Transport;

/// <summary>One attempt at one request, and what is known of it: how far its body got, and what head of an answer arrived.</summary>
internal sealed class WireAttempt
{
    private static readonly HttpRequestOptionsKey<WireAttempt> Slot = new("Wan27.Sdk.WireAttempt");

    private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SingleUseContent content;
    private int entered;

    private WireAttempt(SingleUseContent content) => this.content = content;

    /// <summary>Whether our own innermost handler stands between the caller's handlers and the wire.</summary>
    public required bool IsGuarded { get; init; }

    /// <summary>The head of whatever answer arrived, even if a handler above lost it.</summary>
    public AnswerHead? Head { get; set; }

    /// <summary>Why local media could not be sent; the transport would hide it behind an error of its own.</summary>
    public WanMediaException? MediaFault => content.MediaFault;

    /// <summary>How far the attempt got. Never too little: where only the caller's handlers know, a body handed over counts as sent.</summary>
    public SubmissionPhase Phase =>
        Head is not null ? SubmissionPhase.Answered
        : IsGuarded && Volatile.Read(ref entered) == 0 ? SubmissionPhase.NotSent
        : !content.Began ? SubmissionPhase.NotSent
        : !content.Completed ? SubmissionPhase.Sending
        : SubmissionPhase.Sent;

    /// <summary>Ties an attempt to the request that makes it, and gives the request its single-use body.</summary>
    public static WireAttempt Begin(HttpRequestMessage request, SingleUseContent content, bool isGuarded)
    {
        var attempt = new WireAttempt(content) { IsGuarded = isGuarded };
        request.Content = content;
        request.Options.Set(Slot, attempt);
        return attempt;
    }

    public static WireAttempt? Of(HttpRequestMessage request) => request.Options.TryGetValue(Slot, out var attempt) ? attempt : null;

    /// <summary>
    /// Lets the attempt through to the wire, once. A body that a handler above has read or replaced is wrapped, so that the transport
    /// below cannot send it twice either. A second sending is refused only when the first has ended: a handler that hedges would take an
    /// earlier refusal for the answer, and cancel the first.
    /// </summary>
    /// <exception cref="ReplayRefusedException">A handler sends the request again.</exception>
    public async Task EnterWireAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref entered, 1) != 0)
        {
            await left.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            throw new ReplayRefusedException();
        }

        if (!ReferenceEquals(request.Content, content) || content.Began)
            request.Content = content = SingleUseContent.Around(request.Content, content);
    }

    /// <summary>Ends the sending, whatever it brought.</summary>
    public void LeaveWire() => left.TrySetResult();
}
