namespace Wan27.Sdk.Emulator;

/// <summary>How an emulator starts. Every property has a default that suits a test.</summary>
public sealed class WanEmulatorOptions
{
    /// <summary>The only key that is let in, as <c>Authorization: Bearer KEY</c>.</summary>
    /// <value>Any text that fits a header. Default <c>emulator-key</c>.</value>
    public string ApiKey { get; set; } = "emulator-key";

    /// <summary>The money on the account at the start.</summary>
    /// <value>US dollars, 0 or more. Default 100.</value>
    public decimal Balance { get; set; } = 100m;

    /// <summary>The clock that moves generations, dates answers and paces slow ones. Pass a fake one to move it by hand.</summary>
    /// <value>Default <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>How long a generation is <c>queued</c>.</summary>
    /// <value>Zero or more. Default 1 second.</value>
    public TimeSpan QueuedFor { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a generation is <c>generating</c>, after the queue.</summary>
    /// <value>Zero or more. Default 3 seconds.</value>
    public TimeSpan GeneratingFor { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The loopback port of <see cref="WanEmulator.BaseAddress"/>.</summary>
    /// <value>0..65535, where 0 takes a free one. Default 0.</value>
    public int Port { get; set; }

    /// <summary>Where ids and the faults that come at a rate are drawn from: the same seed, the same run.</summary>
    /// <value>Default 27.</value>
    public int Seed { get; set; } = 27;

    /// <summary>How long after acceptance the row of a generation appears in <c>/v2/logs</c>.</summary>
    /// <value>Zero or more. The service does not say what its own delay is. Default zero.</value>
    public TimeSpan LogDelay { get; set; }

    /// <summary>Whether <c>/v2/logs</c> shows generations that have not ended. The service does not say; test both.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool LogTasksInFlight { get; set; } = true;

    /// <summary>How many reads of <c>/v2/logs</c> are answered in 60 seconds of the emulator's clock before it says 429.</summary>
    /// <value>0 or more. Default 200, the service's documented limit. Raise it where the clock stands still.</value>
    public int LogReadsPerMinute { get; set; } = 200;

    /// <summary>Whether a submission with a field that the vendor does not document is answered 400.</summary>
    /// <value>The service does not say what it does. Default <see langword="false"/>.</value>
    public bool RejectUnknownFields { get; set; }

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ApiKey);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentOutOfRangeException.ThrowIfNegative(Balance);
        ArgumentOutOfRangeException.ThrowIfNegative(Port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Port, 65535);
        ArgumentOutOfRangeException.ThrowIfLessThan(QueuedFor, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(GeneratingFor, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(LogDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(LogReadsPerMinute);
    }
}
