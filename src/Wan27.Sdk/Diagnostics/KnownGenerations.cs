using System.Diagnostics;

namespace Wan27.Sdk.Diagnostics;

/// <summary>
/// The latest generations of a client: where each started, so that its wait and its download find their trace, and whether its end was counted.
/// Filled only while somebody listens.
/// </summary>
internal sealed class KnownGenerations
{
    private const int Capacity = 4096;

    private readonly object gate = new();
    private readonly Dictionary<string, Known> known = new(StringComparer.Ordinal);
    private readonly Queue<string> order = new();

    /// <param name="Model">The model; null if the generation was started elsewhere.</param>
    /// <param name="Began">When it was submitted, by the client's clock; null if it was started elsewhere.</param>
    /// <param name="Origin">The span in which it was started.</param>
    public sealed record Known(string? Model, long? Began, ActivityContext Origin)
    {
        public bool IsOver { get; init; }

        public bool IsPaid { get; init; }
    }

    public Known? Find(string id)
    {
        lock (gate)
            return known.GetValueOrDefault(id);
    }

    /// <summary>Remembers a beginning; the first of a generation, where it is resumed later.</summary>
    public void Add(string id, Known start)
    {
        lock (gate)
        {
            if (!known.ContainsKey(id))
                Put(id, start);
        }
    }

    /// <summary>Marks the end of a generation; false when that was done before.</summary>
    public bool TryEnd(string id)
    {
        lock (gate)
        {
            var one = known.GetValueOrDefault(id) ?? new Known(null, null, default);
            Put(id, one with { IsOver = true });
            return !one.IsOver;
        }
    }

    /// <summary>Marks the cost of a generation as counted; false when that was done before, or when its end was not seen here.</summary>
    public bool TryPay(string id)
    {
        lock (gate)
        {
            if (known.GetValueOrDefault(id) is not { IsOver: true, IsPaid: false } one)
                return false;
            Put(id, one with { IsPaid = true });
            return true;
        }
    }

    private void Put(string id, Known one)
    {
        if (!known.ContainsKey(id))
            order.Enqueue(id);
        known[id] = one;
        if (order.Count > Capacity)
            known.Remove(order.Dequeue());
    }
}
