namespace Wan27.Sdk.Emulator;

/// <summary>The pending faults of an emulator. All members are thread-safe.</summary>
/// <remarks>
/// At most one fault affects a request: the first match in the order in which the faults were added. For example, after
/// <c>Add(EmulatorFault.Status(429), EmulatorFault.Status(503))</c>, the next request returns 429, the one after it returns 503,
/// and later requests succeed.
/// </remarks>
public sealed class EmulatorFaults
{
    private readonly object gate = new();
    private readonly List<EmulatorFault> pending = [];
    private readonly Random random;

    internal EmulatorFaults(int seed) => random = new Random(seed);

    /// <summary>Gets a snapshot of the faults that can still occur, in order.</summary>
    public IReadOnlyList<EmulatorFault> Pending
    {
        get
        {
            lock (gate)
                return [.. pending];
        }
    }

    /// <summary>Adds faults after the pending faults.</summary>
    /// <param name="faults">The faults.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="faults"/> or one of its elements is <see langword="null"/>.
    /// </exception>
    public void Add(params EmulatorFault[] faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        foreach (var fault in faults)
            ArgumentNullException.ThrowIfNull(fault, nameof(faults));

        lock (gate)
            pending.AddRange(faults);
    }

    /// <summary>Removes all pending faults.</summary>
    public void Clear()
    {
        lock (gate)
            pending.Clear();
    }

    internal EmulatorFault? Take(EmulatorRequest request)
    {
        lock (gate)
        {
            var index = pending.FindIndex(
                fault => fault.Matches(request) && (fault.Rate >= 1 || random.NextDouble() < fault.Rate));
            if (index < 0)
                return null;

            var fault = pending[index];
            if (fault.Remaining == 1)
                pending.RemoveAt(index);
            else if (fault.Remaining is { } remaining)
                pending[index] = fault.Times(remaining - 1);
            return fault;
        }
    }
}
