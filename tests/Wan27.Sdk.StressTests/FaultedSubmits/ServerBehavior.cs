namespace Wan27.Sdk.StressTests.FaultedSubmits;

/// <summary>How the server of one logical submission behaves from beginning to end.</summary>
internal sealed record ServerBehavior
{
    private static readonly double[] ReadFaultRates = [0, 0, 0.15, 0.4];

    /// <summary>The difference between its clock and the client's.</summary>
    public required TimeSpan ClockSkew { get; init; }

    /// <summary>The time from acceptance to the row in the log; infinite if there is never one.</summary>
    public required TimeSpan? LogDelay { get; init; }

    /// <summary>The time from acceptance to the first read by id that finds the generation.</summary>
    public required TimeSpan ReadDelay { get; init; }

    /// <summary>The status with which every read by id is refused until long after the deadline; null if it is not.</summary>
    public required int? Unreadable { get; init; }

    public required bool ListsTwice { get; init; }

    public required bool SendsDate { get; init; }

    /// <summary>The number of rows of other generations before the searched one in the log.</summary>
    public required int RowsOfOthers { get; init; }

    /// <summary>The percentage of reads that fail.</summary>
    public required double ReadFaultRate { get; init; }

    /// <param name="random">The source of the random values.</param>
    /// <param name="deadline">How long a lost response is searched for; a log that is later than that is never seen.</param>
    public static ServerBehavior Draw(Random random, TimeSpan deadline) => new()
    {
        ClockSkew = random.Next(4) == 0 ? TimeSpan.FromMinutes(random.Next(-300, 301)) : TimeSpan.Zero,
        LogDelay = random.Next(10) switch
        {
            < 5 => TimeSpan.Zero,
            < 8 => deadline * 0.5 * random.NextDouble(),
            < 9 => deadline + TimeSpan.FromMinutes(random.Next(2, 60)),
            _ => null,
        },
        ReadDelay = random.Next(4) == 0 ? deadline * 0.2 * random.NextDouble() : TimeSpan.Zero,
        Unreadable = random.Next(40) switch { 0 => 404, 1 => 503, _ => null },
        ListsTwice = random.Next(5) == 0,
        SendsDate = random.Next(3) > 0,
        RowsOfOthers = random.Next(20) switch { 0 when random.Next(5) == 0 => random.Next(90, 230), < 10 => random.Next(4), _ => 0 },
        ReadFaultRate = ReadFaultRates[random.Next(ReadFaultRates.Length)],
    };
}
