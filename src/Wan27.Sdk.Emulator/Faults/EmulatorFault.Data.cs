using Wan27.Sdk.Emulator.Faults;

namespace Wan27.Sdk.Emulator;

// Answers that are well formed and not what one would like.
public sealed partial record EmulatorFault
{
    /// <summary>Rows of the log that appear this much later than <see cref="WanEmulatorOptions.LogDelay"/>.</summary>
    /// <param name="delay">Zero or more, from acceptance.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative.</exception>
    public static EmulatorFault LateLogRows(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return Logs("late log rows", behavior => behavior with { LogDelay = delay });
    }

    /// <summary>Pages of the log, all but the first, that are off by some rows, as when rows come or go between two reads.</summary>
    /// <param name="rows">Positive skips so many rows; negative repeats them.</param>
    public static EmulatorFault ShiftedLogRows(int rows) =>
        Logs($"log shifted by {rows}", behavior => behavior with { LogShift = rows });

    /// <summary>Every row of the log twice.</summary>
    public static EmulatorFault DuplicatedLogRows() => Logs("duplicated log rows", behavior => behavior with { DuplicatesLogRows = true });

    /// <summary>Rows of the log without their client request id.</summary>
    public static EmulatorFault LogRowsWithoutClientId() => Logs("log without client ids", behavior => behavior with { HidesClientIds = true });

    /// <summary>A catalogue in which the model that was asked for is not listed.</summary>
    public static EmulatorFault UnlistedModel() => Models("unlisted model", behavior => behavior with { HidesModels = true });

    /// <summary>A catalogue that has no prices. <c>Status(503).On(EmulatorOperations.Models)</c> is one that cannot be read at all.</summary>
    public static EmulatorFault MissingPrices() => Models("missing prices", behavior => behavior with { HidesPrices = true });

    /// <summary>The file's URL expires: 403 from now on, until the generation is read again and gives out a new one.</summary>
    public static EmulatorFault ExpiredUrl() => File("expired URL", behavior => behavior with { ExpiresUrl = true });

    /// <summary>The file has another entity tag, as if it had been replaced.</summary>
    public static EmulatorFault ChangedETag() => File("changed ETag", behavior => behavior with { TagSuffix = "-2" });

    /// <summary>The file comes whole, with 200, whatever range was asked for.</summary>
    public static EmulatorFault IgnoredRange() => File("ignored Range", behavior => behavior with { IgnoresRange = true });

    private static EmulatorFault Logs(string name, Func<EndpointBehavior, EndpointBehavior> change) =>
        new(name) { Operations = EmulatorOperations.Logs, ChangeBehavior = change };

    private static EmulatorFault Models(string name, Func<EndpointBehavior, EndpointBehavior> change) =>
        new(name) { Operations = EmulatorOperations.Models, ChangeBehavior = change };

    private static EmulatorFault File(string name, Func<EndpointBehavior, EndpointBehavior> change) =>
        new(name) { Operations = EmulatorOperations.File, ChangeBehavior = change };
}
