namespace Wan27.Sdk;

/// <summary>How far a paid submission got before its outcome became clear or was lost.</summary>
public enum SubmissionPhase
{
    /// <summary>Not a byte of the body was sent: the server cannot have accepted it.</summary>
    NotSent,

    /// <summary>Part of the body was sent.</summary>
    Sending,

    /// <summary>The whole body was sent, and no answer came.</summary>
    Sent,

    /// <summary>An answer began to arrive.</summary>
    Answered,
}
