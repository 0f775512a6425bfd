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

    // While the body or the answer is under way.
    HalfBody,
    Reset,
    EndOfStream,
    Silence,
    StreamRefusedAndSentAgain,
    ResetInsideAnswer,
    SilenceInsideAnswer,

    // Answers that say no, or seem to.
    ServerError,
    Conflict,
    RateLimited,
    RateLimitedLater,
    RateLimitedButAccepted,
    FreeTierLimited,
    Rejected,
    Redirected,

    // Answers that say yes and not what was made.
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
