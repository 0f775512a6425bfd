namespace Wan27.Sdk.Transport;

/// <summary>
/// Keeps retries from amplifying a storm: a bucket that each retry drains and each success fills again. Empty, calls are tried once.
/// The sizes are those of the AWS SDKs' standard retry strategy.
/// </summary>
internal sealed class RetryBudget
{
    private const int Capacity = 500;
    private const int RetryCost = 5;
    private const int TimeoutCost = 10;

    private int tokens = Capacity;

    public bool TryTake(bool afterTimeout)
    {
        var cost = afterTimeout ? TimeoutCost : RetryCost;
        while (Volatile.Read(ref tokens) is var left && left >= cost)
        {
            if (Interlocked.CompareExchange(ref tokens, left - cost, left) == left)
                return true;
        }

        return false;
    }

    public void Succeeded()
    {
        while (Volatile.Read(ref tokens) is var left && left < Capacity)
        {
            if (Interlocked.CompareExchange(ref tokens, left + 1, left) == left)
                return;
        }
    }
}
