using System.Globalization;

namespace Wan27.Sdk.Diagnostics;

/// <summary>Why something failed, in our own words: what a server said stays in the exception, which goes to the caller alone.</summary>
internal static class Reasons
{
    public static string TypeOf(Exception e) => e.GetType().FullName!;

    /// <summary>OpenTelemetry's <c>error.type</c>: the status where the service answered, else the exception's type.</summary>
    public static string ErrorType(Exception e) => e is WanApiException { IsUnreadable: false } api ? ((int)api.StatusCode).ToString(CultureInfo.InvariantCulture) : TypeOf(e);

    public static string Of(Exception e) => e switch
    {
        WanApiException { IsUnreadable: false } api => $"the service answered {(int)api.StatusCode}.",
        WanGenerationFailedException failed => $"the status is {failed.Generation.Status}.",
        WanSubmissionUnknownException unknown => $"a task may exist (phase: {unknown.Phase}).",
        WanException => e.Message,
        OperationCanceledException => "cancelled.",
        _ => "see the exception.",
    };
}
