using Wan27.Sdk.Emulator;

namespace Wan27.Sdk.Conformance.Targets;

/// <summary>One party of a run.</summary>
internal sealed record SessionSettings
{
    public required Uri BaseAddress { get; init; }

    public required string ApiKey { get; init; }

    /// <summary>Gets the most that the run may spend, in US dollars.</summary>
    public required decimal LimitUsd { get; init; }

    /// <summary>Gets a value indicating whether POST requests may be sent.</summary>
    public required bool AllowsPosts { get; init; }

    /// <summary>Gets the pause between two reads of the same resource.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Gets the key of an account without credits; null if there is none.</summary>
    public string? EmptyAccountKey { get; init; }

    /// <summary>Creates the settings for an emulator, on which nothing costs money and time.</summary>
    public static SessionSettings ForEmulator(WanEmulator emulator, string emptyAccountKey) => new()
    {
        BaseAddress = emulator.BaseAddress,
        ApiKey = emulator.ApiKey,
        LimitUsd = emulator.Ledger.Balance,
        AllowsPosts = true,
        Interval = TimeSpan.Zero,
        EmptyAccountKey = emptyAccountKey,
    };
}
