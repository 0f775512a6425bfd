namespace VideoStudio.Jobs;

/// <summary>The messages for users; the operator's log has the complete exception.</summary>
internal static class UserMessages
{
    public const string Unknown =
        "The response was lost, so that this generation may have been paid for or not. The studio searches for it and does not send it again.";

    public const string NeverFound =
        "The response was lost, and the service's log does not contain this generation. It was most likely not paid for, but that is not certain.";

    public const string NeverDownloaded = "The video was generated and paid for, but could not be downloaded within 24 hours.";

    public static string For(WanException e) => e switch
    {
        WanGenerationFailedException failed => For(failed.Generation.Error),
        WanValidationException { IsBudgetExceeded: true } => "The budget of this studio is exceeded. Nothing was paid.",
        WanValidationException { Problems: [{ Member: "" }] } => "The image can no longer be read. Nothing was paid.",
        WanValidationException invalid => string.Join(" ", invalid.Problems.Take(ServiceText.MaxProblems).Select(problem => $"{problem.Member} {problem.Message}.")),
        WanApiException { StatusCode: HttpStatusCode.Unauthorized } => "The service rejected the API key of this studio. Nothing was paid.",
        WanApiException { IsOutOfCredits: true } => "The studio's account has no credits left. Nothing was paid.",
        WanApiException { StatusCode: HttpStatusCode.TooManyRequests } => "The service is busy. The studio tries again.",
        WanConnectionException => "The service cannot be reached. The studio tries again.",
        WanConfigurationException { Setting: nameof(WanVideoClientOptions.Journal) } => "The studio could not write its journal. Nothing was paid; the studio tries again.",
        WanDownloadException => "The download was incomplete. The studio downloads the video again.",
        WanApiException { IsUnreadable: false } rejected => string.Create(CultureInfo.InvariantCulture, $"The service rejected the request with status {(int)rejected.StatusCode}."),
        _ => "The response of the service is invalid. The studio tries again.",
    };

    public static string For(GenerationError? error) => error?.Message is { Length: > 0 } message
        ? message
        : "The generation failed, and the service gave no reason.";

    /// <summary>Returns whether the service has provably accepted nothing and may accept the next attempt.</summary>
    public static bool IsNotAccepted(WanException e) => e is WanConnectionException
        or WanApiException { StatusCode: HttpStatusCode.TooManyRequests }
        or WanConfigurationException { Setting: nameof(WanVideoClientOptions.Journal) };
}
