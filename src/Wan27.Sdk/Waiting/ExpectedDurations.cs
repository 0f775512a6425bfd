using Wan27.Sdk.Account;

namespace Wan27.Sdk.Waiting;

/// <summary>
/// How long a generation is expected to take: as the client's own of the same model, duration and resolution did, or, before there are enough of them, as the
/// service publishes it for the model.
/// </summary>
internal sealed class ExpectedDurations(ModelMetrics metrics, TimeProvider time)
{
    private readonly DurationHistory history = new(time);

    /// <summary>Records that a generation was just submitted. Of others, nothing is expected: their age is not known.</summary>
    public void Submitted(string id, VideoGenerationRequest request) => history.Submitted(id, request);

    /// <summary>Begins to observe a generation; null if this client did not submit it lately.</summary>
    public async Task<ExpectedDuration?> ObserveAsync(string id, CancellationToken cancellationToken)
    {
        if (history.Find(id) is not var (kind, age))
            return null;
        var expected = history.Median(kind) ?? await metrics.FindDurationAsync(kind.Model, cancellationToken).ConfigureAwait(false);
        return new ExpectedDuration(history, kind, age, expected);
    }
}
