using System.Diagnostics.CodeAnalysis;

namespace Wan27.Sdk.Jobs;

/// <summary>Calls the application's handler, a limited number of times at once.</summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds no handle.")]
internal sealed class HandlerCalls(Func<GenerationOutcome, CancellationToken, Task> handle, int max)
{
    private readonly SemaphoreSlim places = new(max, max);

    /// <param name="outcome">The outcome.</param>
    /// <param name="stopping">Ends the wait for a place; a call that has started continues.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task CallAsync(GenerationOutcome outcome, CancellationToken stopping, CancellationToken cancellationToken)
    {
        await places.WaitAsync(stopping).ConfigureAwait(false);
        try
        {
            await handle(outcome, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            places.Release();
        }
    }
}
