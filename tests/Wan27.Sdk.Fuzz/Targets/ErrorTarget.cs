using Wan27.Sdk.Transport;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Fuzz.Targets;

/// <summary>A response that is an error: always an exception of the library that can be printed safely.</summary>
internal static class ErrorTarget
{
    public static void Feed(byte[] bytes)
    {
        using var response = ResponseText.Read(bytes);
        var body = ResponseText.Body(bytes);
        var error = ApiErrors.From(new ApiResponse(ApiResponseHeaders.Of(response), body, null), new Redactor(Secrets.Key, Secrets.Prompt));

        Secrets.ThrowIfUnfit(error.Message, 1_200);
        Secrets.ThrowIfUnfit(error.ErrorName, 1_024);
        Secrets.ThrowIfUnfit(error.RequestId, 1_024);
        Secrets.ThrowIfUnfit(error.ResponseExcerpt, 1_024);
        foreach (var problem in error.Problems)
            Secrets.ThrowIfUnfit(problem.ToString(), 2_100);
        BrokenPromiseException.ThrowUnless(!(error.RetryAfter < TimeSpan.Zero), "a delay is negative");
    }
}
