namespace Wan27.Sdk.StressTests.FaultedSubmits;

/// <summary>The fault of a hostile server, or of its connection, for one paid request.</summary>
internal enum SubmitFault
{
    None,

    // Before the first byte of the body.
    ConnectionRefused,
    NameNotResolved,
    ConnectTimeout,
    CertificateRefused,

    // While the body or the response is being sent.
    HalfBody,
    Reset,
    EndOfStream,
    Stall,
    StreamRefusedAndSentAgain,
    ResetInsideResponse,
    StallInsideResponse,

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
    ResponseToAnother,
    NoTrace,
    OddContentType,
}
