namespace Wan27.Sdk.CrashVictim;

/// <summary>The point of a submission at which the process is killed.</summary>
public enum CrashPoint
{
    /// <summary>Nothing is recorded yet.</summary>
    BeforeIntent,

    /// <summary>Half the line of the intent is in the journal.</summary>
    InsideIntent,

    /// <summary>The intent is in the journal, nothing is sent.</summary>
    AfterIntent,

    /// <summary>Half the body is sent.</summary>
    InsideBody,

    /// <summary>The service has accepted and has not responded. The parent process makes sure of that.</summary>
    BeforeResponse,

    /// <summary>The response has arrived and is not in the journal.</summary>
    BeforeEntry,

    /// <summary>Half the line of the entry is in the journal.</summary>
    InsideEntry,

    /// <summary>The entry is in the journal.</summary>
    AfterEntry,
}
