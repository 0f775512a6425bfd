namespace Wan27.Sdk.Emulator;

/// <summary>
/// The faults that wait for a request. Each request meets at most one: the first, in the order of adding, that is for it. So a list of
/// faults plays in order: <c>Add(EmulatorFault.Status(429), EmulatorFault.Status(503))</c> answers 429, then 503, then as usual.
/// Safe to use from any thread.
/// </summary>
public sealed class EmulatorFaults
{
    private readonly object gate = new();
    private readonly List<EmulatorFault> pending = [];
    private readonly Random random;

    internal EmulatorFaults(int seed) => random = new Random(seed);

    /// <summary>The faults that may still happen, as they are now, in order.</summary>
    public IReadOnlyList<EmulatorFault> Pending
    {
        get
        {
            lock (gate)
                return [.. pending];
        }
    }

    /// <summary>Adds faults after those that wait already.</summary>
    /// <param name="faults">What shall go wrong.</param>
    /// <exception cref="ArgumentNullException"><paramref name="faults"/> or one of them is null.</exception>
    public void Add(params EmulatorFault[] faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        foreach (var fault in faults)
            ArgumentNullException.ThrowIfNull(fault, nameof(faults));

        lock (gate)
            pending.AddRange(faults);
    }

    /// <summary>Takes all faults away: from here on everything works.</summary>
    public void Clear()
    {
        lock (gate)
            pending.Clear();
    }

    internal EmulatorFault? Take(EmulatorRequest request)
    {
        lock (gate)
        {
            var found = pending.FindIndex(fault => fault.IsFor(request) && (fault.Rate >= 1 || random.NextDouble() < fault.Rate));
            if (found < 0)
                return null;

            var fault = pending[found];
            if (fault.Remaining == 1)
                pending.RemoveAt(found);
            else if (fault.Remaining is { } remaining)
                pending[found] = fault.Times(remaining - 1);
            return fault;
        }
    }
}
