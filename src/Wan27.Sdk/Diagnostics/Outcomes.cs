namespace Wan27.Sdk.Diagnostics;

/// <summary>How things end, as values of <see cref="Attributes.Outcome"/>.</summary>
internal static class Outcomes
{
    public const string Completed = "completed";

    /// <summary>The service could not make the video.</summary>
    public const string Failed = "failed";

    /// <summary>No task exists.</summary>
    public const string Refused = "refused";

    /// <summary>A task may exist.</summary>
    public const string Unknown = "unknown";

    /// <summary>We stopped waiting; the task goes on.</summary>
    public const string TimedOut = "timed_out";

    /// <summary>The caller stopped; a task may go on.</summary>
    public const string Canceled = "canceled";

    /// <summary>Something else stopped us; a task may go on.</summary>
    public const string Error = "error";

    /// <summary>A submission whose answer was lost has its task again.</summary>
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
