namespace Wan27.Cli;

/// <summary>The outcome of a submission is unknown: its generation may exist, and a script must not buy it again.</summary>
internal sealed class UnknownOutcomeException(string clientRequestId, Exception reason)
    : Exception($"The outcome of submission '{clientRequestId}' is still unknown: {(reason is OperationCanceledException ? "the search was canceled." : reason.Message)}", reason)
{
    public string ClientRequestId => clientRequestId;
}
