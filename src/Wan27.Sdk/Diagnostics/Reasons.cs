using System.Globalization;

namespace Wan27.Sdk.Diagnostics;

/// <summary>Why something failed, without text of the service, which is only in the exception for the caller.</summary>
internal static class Reasons
{
    public static string TypeOf(Exception e) => e.GetType().FullName!;

    /// <summary>OpenTelemetry's <c>error.type</c>: the status if the service responded, otherwise the exception's type.</summary>
    public static string ErrorType(Exception e) => e is WanApiException { IsUnreadable: false } api ? ((int)api.StatusCode).ToString(CultureInfo.InvariantCulture) : TypeOf(e);

    public static string Of(Exception e) => e switch
    {
        WanApiException { IsUnreadable: false } api => $"the service responded {(int)api.StatusCode}.",
        WanGenerationFailedException failed => $"the status is {failed.Generation.Status}.",
        WanSubmissionUnknownException unknown => $"a generation may exist (phase: {unknown.Phase}).",
        WanException => e.Message,
        OperationCanceledException => "cancelled.",
        _ => "see the exception.",
    };
}
