namespace Wan27.Cli;

/// <summary>What became of a submission could not be found out: a task may be there.</summary>
internal sealed class UnknownException(string clientRequestId, string message, Exception reason) : Exception(message, reason)
{
    public string ClientRequestId => clientRequestId;
}
