using System.Diagnostics.CodeAnalysis;

namespace Wan27.Sdk.Transport;

/// <summary>
/// What the service reports about each model, remembered for a while. It is asked for by one caller at a time, however many want it; a failure is remembered too,
/// so that a thousand submissions do not each wait for the same timeout.
/// </summary>
/// <param name="read">Reads it for a model. It throws only if it is canceled.</param>
/// <param name="lifetime">For how long a result is used.</param>
/// <param name="time">The clock.</param>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds no handle.")]
internal sealed class RememberedReads<T>(Func<string, CancellationToken, Task<T>> read, Func<T, TimeSpan> lifetime, TimeProvider time)
{
    private readonly SemaphoreSlim gate = new(1);
    private readonly Dictionary<string, (T Result, long ReadAt)> known = new(StringComparer.Ordinal);

    public async Task<T> FindAsync(string model, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!known.TryGetValue(model, out var entry) || time.GetElapsedTime(entry.ReadAt) >= lifetime(entry.Result))
            {
                var result = await read(model, cancellationToken).ConfigureAwait(false);
                known[model] = entry = (result, time.GetTimestamp());
            }

            return entry.Result;
        }
        finally
        {
            gate.Release();
        }
    }
}
