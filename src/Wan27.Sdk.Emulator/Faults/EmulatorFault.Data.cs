using Wan27.Sdk.Emulator.Faults;

namespace Wan27.Sdk.Emulator;

// Faults in the data of a valid response.
public sealed partial record EmulatorFault
{
    /// <summary>Creates a fault that delays log rows in addition to <see cref="WanEmulatorOptions.LogDelay"/>.</summary>
    /// <param name="delay">The additional delay, zero or more.</param>
    /// <returns>A fault for one read of the log.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative.</exception>
    public static EmulatorFault LateLogRows(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return ForLogs("late log rows", behavior => behavior with { LogDelay = delay });
    }

    /// <summary>
    /// Creates a fault that shifts each page of the log except the first, as if rows were added or removed between two reads.
    /// </summary>
    /// <param name="rows">The number of rows. A positive number skips rows, a negative number repeats rows.</param>
    /// <returns>A fault for one read of the log.</returns>
    public static EmulatorFault ShiftedLogRows(int rows) =>
        ForLogs($"log shifted by {rows}", behavior => behavior with { LogShift = rows });

    /// <summary>Creates a fault that returns each row of the log twice.</summary>
    /// <returns>A fault for one read of the log.</returns>
    public static EmulatorFault DuplicatedLogRows() =>
        ForLogs("duplicated log rows", behavior => behavior with { DuplicatesLogRows = true });

    /// <summary>Creates a fault that returns log rows without their client request id.</summary>
    /// <returns>A fault for one read of the log.</returns>
    public static EmulatorFault LogRowsWithoutClientId() =>
        ForLogs("log without client ids", behavior => behavior with { HidesClientIds = true });

    /// <summary>Creates a fault that returns an empty list of models.</summary>
    /// <returns>A fault for one read of the models.</returns>
    public static EmulatorFault UnlistedModel() => ForModels("unlisted model", behavior => behavior with { HidesModels = true });

    /// <summary>Creates a fault that returns models without prices.</summary>
    /// <returns>A fault for one read of the models.</returns>
    /// <remarks>To make the request fail, use <c>Status(503).On(EmulatorOperations.Models)</c>.</remarks>
    public static EmulatorFault MissingPrices() => ForModels("missing prices", behavior => behavior with { HidesPrices = true });

    /// <summary>
    /// Creates a fault that expires the URL of a file. Requests to the URL return status 403 until the client reads the
    /// generation again, which returns a new URL.
    /// </summary>
    /// <returns>A fault for one request of a file.</returns>
    public static EmulatorFault ExpiredUrl() => ForFiles("expired URL", behavior => behavior with { ExpiresUrl = true });

    /// <summary>Creates a fault that changes the entity tag of a file, as if the file had been replaced.</summary>
    /// <returns>A fault for one request of a file.</returns>
    public static EmulatorFault ChangedETag() => ForFiles("changed ETag", behavior => behavior with { TagSuffix = "-2" });

    /// <summary>Creates a fault that ignores the <c>Range</c> header and returns the complete file with status 200.</summary>
    /// <returns>A fault for one request of a file.</returns>
    public static EmulatorFault IgnoredRange() => ForFiles("ignored Range", behavior => behavior with { IgnoresRange = true });

    private static EmulatorFault ForLogs(string name, Func<EndpointBehavior, EndpointBehavior> change) =>
        new(name) { Operations = EmulatorOperations.Logs, ChangeBehavior = change };

    private static EmulatorFault ForModels(string name, Func<EndpointBehavior, EndpointBehavior> change) =>
        new(name) { Operations = EmulatorOperations.Models, ChangeBehavior = change };

    private static EmulatorFault ForFiles(string name, Func<EndpointBehavior, EndpointBehavior> change) =>
        new(name) { Operations = EmulatorOperations.File, ChangeBehavior = change };
}
