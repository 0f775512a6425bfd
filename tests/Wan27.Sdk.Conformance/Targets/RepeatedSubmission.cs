namespace Wan27.Sdk.Conformance.Targets;

/// <summary>The submission of the paid generation once more, with the same body and the same ids.</summary>
/// <param name="First">The first submission.</param>
/// <param name="Second">The response to the second one.</param>
internal sealed record RepeatedSubmission(PaidGeneration First, Exchange Second)
{
    private const int MaxReads = 120;

    public string? SecondId => (string?)(Second.Json?["id"] ?? Second.Json?["generation_id"]);

    public static async Task<RepeatedSubmission> RunAsync(Session session, PaidGeneration first, CancellationToken cancellationToken)
    {
        var second = await session.SubmitPaidAsync(
            first.Submission.RequestBody!,
            first.Request.Usd,
            first.ClientRequestId,
            cancellationToken);
        var repeated = new RepeatedSubmission(first, second);
        if (second.IsSuccess && repeated.SecondId is { } id)
            await WaitAsync(session, id, cancellationToken);
        return repeated;
    }

    // So that the run ends with its last charge.
    private static async Task WaitAsync(Session session, string id, CancellationToken cancellationToken)
    {
        for (var read = 0; read < MaxReads; read++)
        {
            var exchange = await session.ReadGenerationAsync(id, cancellationToken);
            if (exchange.IsSuccess && (string?)exchange.Json?["status"] is { } status && !new GenerationStatus(status).IsPending)
                return;
            await session.PauseAsync(cancellationToken);
        }
    }
}
