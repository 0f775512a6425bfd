namespace Wan27.Cli;

/// <summary>What became of a submission was not learnt: nobody has said that there is no task, and a script must not buy it again.</summary>
internal sealed class UnlearntException(string clientRequestId, Exception reason)
    : Exception($"What became of submission '{clientRequestId}' is still unknown: {(reason is OperationCanceledException ? "the search was stopped." : reason.Message)}", reason)
{
    public string ClientRequestId => clientRequestId;
}
