using Wan27.Sdk.Emulator.Generations;

namespace Wan27.Sdk.Emulator;

/// <summary>One account of an emulator: a key, a balance, and generations that no other key can read.</summary>
public sealed class EmulatorAccount
{
    internal EmulatorAccount(string apiKey, GenerationStore generations)
    {
        ApiKey = apiKey;
        Generations = generations;
        Ledger = new EmulatorLedger(generations);
    }

    /// <summary>Gets the key of the account.</summary>
    public string ApiKey { get; }

    /// <summary>Gets the requests with the key of the account, and its submissions and charges, so far.</summary>
    public EmulatorLedger Ledger { get; }

    internal GenerationStore Generations { get; }
}
