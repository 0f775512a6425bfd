namespace Wan27.Sdk.Conformance.Targets;

/// <summary>
/// Lets a POST through only if it was permitted, once for each permit, and only as long as the sum of what was spent stays within the
/// limit. Every request of a run passes here, also those of the client.
/// </summary>
internal sealed class SpendingGate(decimal limitUsd, bool allowsPosts, HttpMessageHandler transport) : DelegatingHandler(transport)
{
    private decimal expectedUsd;
    private decimal exposureUsd;
    private string? idempotencyKey;
    private bool isPermitted;
    private bool isClosed;

    /// <summary>Gets what the permitted submissions cost so far, in US dollars.</summary>
    public decimal CommittedUsd { get; private set; }

    /// <summary>Gets the number of POST requests that were sent.</summary>
    public int Posts { get; private set; }

    /// <summary>Permits one POST.</summary>
    /// <param name="expected">What it costs, in US dollars; 0 if the service must refuse it.</param>
    /// <param name="exposure">What it costs if the service accepts it.</param>
    /// <param name="key">The value of <c>Idempotency-Key</c>; null for none.</param>
    /// <exception cref="NotRunException">The run has no consent, or the limit could be exceeded.</exception>
    public void Permit(decimal expected, decimal exposure, string? key = null)
    {
        if (!allowsPosts)
            throw new NotRunException("declined");
        if (isClosed)
            throw new NotRunException("stopped: a submission was accepted that had to be refused");
        if (CommittedUsd + Math.Max(expected, exposure) > limitUsd)
        {
            throw new NotRunException(FormattableString.Invariant(
                $"limit: {CommittedUsd:0.00} USD of {limitUsd:0.00} are spent, and it could cost {Math.Max(expected, exposure):0.00}"));
        }

        (expectedUsd, exposureUsd, idempotencyKey, isPermitted) = (expected, exposure, key, true);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get || request.Method == HttpMethod.Delete)
            return await base.SendAsync(request, cancellationToken);
        if (!isPermitted)
            throw new InvalidOperationException("A POST without a permit was stopped: no POST is sent twice.");

        isPermitted = false;
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        Posts++;
        CommittedUsd += expectedUsd;
        var response = await base.SendAsync(request, cancellationToken);
        if (expectedUsd == 0 && response.IsSuccessStatusCode)
        {
            CommittedUsd += exposureUsd;
            isClosed = true;
        }

        return response;
    }
}
