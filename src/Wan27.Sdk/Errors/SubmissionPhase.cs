namespace Wan27.Sdk.Errors;

/// <summary>Specifies how far a paid request got.</summary>
internal enum SubmissionPhase
{
    /// <summary>The end of the body was not handed to the transport: the service cannot have accepted it.</summary>
    NotSent,

    /// <summary>The complete body was sent, and no response arrived.</summary>
    Sent,

    /// <summary>A response began to arrive.</summary>
    Answered,
}
