namespace Wan27.Sdk.Emulator.Api;

/// <summary>The header names that the service defines.</summary>
internal static class HeaderNames
{
    public const string ClientRequestId = "x-client-request-id";
    public const string CreditsUsed = "x-aimlapi-credits-used";
    public const string InferenceId = "x-inference-id";
    public const string RequestId = "x-request-id";
    public const string UsdSpent = "x-aimlapi-usd-spent";
}
