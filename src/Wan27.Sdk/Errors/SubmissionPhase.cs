namespace Wan27.Sdk.Errors;

/// <summary>Specifies how far a paid request got.</summary>
internal enum SubmissionPhase
{
    /// <summary>Nothing of the body was sent: the service cannot have accepted it.</summary>
    NotSent,

    /// <summary>Part of the body was sent.</summary>
    Sending,

    /// <summary>The complete body was sent, and no response arrived.</summary>
    Sent,

    /// <summary>A response began to arrive.</summary>
    Answered,
}
