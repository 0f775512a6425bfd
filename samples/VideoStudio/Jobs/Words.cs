using System.Globalization;
using System.Net;
using VideoStudio.Store;

namespace VideoStudio.Jobs;

/// <summary>What a user is told; the operator's log has the whole exception.</summary>
internal static class Words
{
    public static string Of(WanException e) => e switch
    {
        WanGenerationFailedException failed => Of(failed.Generation.Error),
        WanValidationException invalid => string.Join(" ", invalid.Problems.Select(problem => $"{problem.Member} {problem.Message}.")),
        WanBudgetExceededException => "The budget of this studio does not allow it. Nothing was paid.",
        WanMediaException => "Its picture can no longer be read. Nothing was paid.",
        WanApiException { StatusCode: HttpStatusCode.Unauthorized } => "The service refuses the key of this studio. Nothing was paid.",
        WanApiException { IsOutOfCredits: true } => "The studio's account with the service is empty. Nothing was paid.",
        WanApiException { StatusCode: HttpStatusCode.TooManyRequests } => "The service is busy; it is tried again.",
        WanConnectionException => "The service cannot be reached; it is tried again.",
        WanJournalException => "The studio could not write its journal; it is tried again. Nothing was paid.",
        WanDownloadException => "The film did not arrive whole; it is fetched again.",
        WanApiException refused => string.Create(CultureInfo.InvariantCulture, $"The service refused it with status {(int)refused.StatusCode}."),
        _ => "The service gave an answer that cannot be understood; it is tried again.",
    };

    public static string Of(GenerationError? error) => error?.Message is { Length: > 0 } message
        ? message
        : "The service could not make it and did not say why.";

    public static Generation WithCost(this Generation generation, GenerationCost cost) =>
        generation with { CostState = cost.Status, CostUsd = cost.Usd ?? generation.CostUsd };
}
