namespace Wan27.Sdk.EmulatorTests.Campaign.FaultedSubmits;

/// <summary>What a hostile server, or the way to it, does to one paid request.</summary>
internal enum SubmitFault
{
    None,

    // Before a byte of the body.
    ConnectionRefused,
    NameNotResolved,
    ConnectTimeout,
    CertificateRefused,

    // While the body or the response is being sent.
    HalfBody,
    Reset,
    EndOfStream,
    Silence,
    StreamRefusedAndSentAgain,
    ResetInsideAnswer,
    SilenceInsideAnswer,

    // Responses that refuse, or appear to.
    ServerError,
    Conflict,
    RateLimited,
    RateLimitedLater,
    RateLimitedButAccepted,
    FreeTierLimited,
    Rejected,
    Redirected,

    // Responses that accept and do not report what was created.
    Truncated,
    Html,
    Empty,
    NoContent,
    NoObject,
    NoId,
    TwoIds,
    AnswerToAnother,
    NoTrace,
    OddContentType,
}
