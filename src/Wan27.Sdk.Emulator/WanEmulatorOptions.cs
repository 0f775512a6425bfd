namespace Wan27.Sdk.Emulator;

/// <summary>Options of <see cref="WanEmulator"/>. The defaults are suitable for most tests.</summary>
public sealed class WanEmulatorOptions
{
    /// <summary>Gets or sets the API key of the first account, which the emulator accepts in the header <c>Authorization: Bearer KEY</c>.</summary>
    /// <value>A key that is valid in a header. The default is <c>emulator-key</c>.</value>
    public string ApiKey { get; set; } = "emulator-key";

    /// <summary>Gets or sets the initial balance of the first account.</summary>
    /// <value>The balance in US dollars, 0 or more. The default is 100.</value>
    public decimal Balance { get; set; } = 100m;

    /// <summary>Gets or sets the clock for generations, dates and delays. A fake clock lets a test control the time.</summary>
    /// <value>The default is <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets how long a generation is <c>queued</c>.</summary>
    /// <value>Zero or more. The default is 1 second.</value>
    public TimeSpan QueuedFor { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long a generation is <c>generating</c> after it was queued.</summary>
    /// <value>Zero or more. The default is 3 seconds.</value>
    public TimeSpan GeneratingFor { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Gets or sets the loopback port of <see cref="WanEmulator.BaseAddress"/>.</summary>
    /// <value>A port between 0 and 65535. The default is 0, which selects a free port.</value>
    public int Port { get; set; }

    /// <summary>
    /// Gets or sets the seed of ids and of <see cref="EmulatorFault.AtRate"/>. The same seed produces the same values.
    /// </summary>
    /// <value>The default is 27.</value>
    public int Seed { get; set; } = 27;

    /// <summary>Gets or sets the delay after which a generation appears in <c>/v2/logs</c>.</summary>
    /// <value>Zero or more. The default is zero.</value>
    /// <remarks>The documentation of the service does not specify the delay.</remarks>
    public TimeSpan LogDelay { get; set; }

    /// <summary>Gets or sets a value indicating whether <c>/v2/logs</c> contains generations that are still running.</summary>
    /// <value>
    /// <see langword="true"/> to include them; otherwise, <see langword="false"/>. The default is <see langword="true"/>.
    /// </value>
    /// <remarks>The documentation of the service does not specify the behavior. Test with both values.</remarks>
    public bool LogRunningGenerations { get; set; } = true;

    /// <summary>
    /// Gets or sets the number of reads of <c>/v2/logs</c> within 60 seconds after which the response has status 429.
    /// </summary>
    /// <value>Zero or more. The default is 200, which is the documented limit of the service.</value>
    /// <remarks>Use a higher limit if <see cref="TimeProvider"/> is a fake clock that does not advance.</remarks>
    public int LogReadsPerMinute { get; set; } = 200;

    /// <summary>
    /// Gets or sets a value indicating whether a submission with an undocumented field is rejected with status 400.
    /// </summary>
    /// <value>
    /// <see langword="true"/> to reject it; otherwise, <see langword="false"/>. The default is <see langword="false"/>.
    /// </value>
    /// <remarks>The documentation of the service does not specify the behavior.</remarks>
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
