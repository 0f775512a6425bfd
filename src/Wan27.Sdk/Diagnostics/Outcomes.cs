namespace Wan27.Sdk.Diagnostics;

/// <summary>How things end, as values of <see cref="Attributes.Outcome"/>.</summary>
internal static class Outcomes
{
    public const string Completed = "completed";

    /// <summary>The service could not make the video.</summary>
    public const string Failed = "failed";

    /// <summary>No generation exists.</summary>
    public const string Refused = "refused";

    /// <summary>A generation may exist.</summary>
    public const string Unknown = "unknown";

    /// <summary>The wait timed out; the generation continues.</summary>
    public const string TimedOut = "timed_out";

    /// <summary>The caller canceled; a generation may continue.</summary>
    public const string Canceled = "canceled";

    /// <summary>Another error; a generation may continue.</summary>
    public const string Error = "error";

    /// <summary>The generation of a submission whose response was lost was found.</summary>
    public const string Found = "found";

    /// <summary>The caller left before the end.</summary>
    public const string Left = "left";

    public static string OfSubmission(Exception e) => Of(e) == Error && e is WanException { GenerationId: null } ? Refused : Of(e);

    public static string Of(Exception e) => e switch
    {
        WanGenerationFailedException => Failed,
        WanSubmissionUnknownException => Unknown,
        WanWaitTimeoutException => TimedOut,
        OperationCanceledException => Canceled,
        _ => Error,
    };
}
