namespace Wan27.Sdk;

/// <summary>The caller canceled a submission, a wait or a download, and a generation exists or may exist.</summary>
public sealed class WanCanceledException : OperationCanceledException
{
    /// <summary>Initializes a new instance of the <see cref="WanCanceledException"/> class.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cancellation as it was reported.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public WanCanceledException(string message, Exception? innerException, CancellationToken cancellationToken)
        : base(message, innerException, cancellationToken)
    {
    }

    /// <summary>Gets a value indicating whether a submission may have reached the service. If false, it did not.</summary>
    public bool MayHaveBeenSent { get; init; }

    /// <summary>Gets the id of the generation, with which <see cref="IWanVideoClient.WaitAsync(string, PollingOptions?, IProgress{GenerationProgress}?, CancellationToken)"/> resumes.</summary>
    /// <value>The id; null if none is known.</value>
    public string? GenerationId { get; init; }

    /// <summary>Gets the id of the submission, with which <see cref="IWanVideoClient.FindGenerationsAsync"/> searches for it.</summary>
    /// <value>The id; null if the call was not a submission.</value>
    public string? ClientRequestId { get; init; }

    /// <summary>Creates the exception for a call about a generation that exists.</summary>
    /// <param name="activity">What was canceled and what that means, up to the next step.</param>
    /// <param name="generation">The generation.</param>
    /// <param name="innerException">The cancellation as it was reported.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    internal static WanCanceledException Of(string activity, VideoGeneration generation, Exception innerException, CancellationToken cancellationToken) =>
        new(activity, innerException, cancellationToken)
        {
            GenerationId = generation.Id,
            ClientRequestId = generation.ClientRequestId,
            MayHaveBeenSent = true,
        };

    /// <summary>Creates the exception for a submission.</summary>
    /// <param name="clientRequestId">The id of the submission.</param>
    /// <param name="generationId">The id of its generation; null if unknown.</param>
    /// <param name="mayHaveBeenSent">Whether the request may have reached the service.</param>
    /// <param name="innerException">The cancellation as it was reported.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    internal static WanCanceledException OfSubmission(
        string clientRequestId, string? generationId, bool mayHaveBeenSent, Exception? innerException, CancellationToken cancellationToken) =>
        new(
            mayHaveBeenSent
                ? $"Canceled; a generation may exist for submission '{clientRequestId}'. Search for it with FindGenerationsAsync(\"{clientRequestId}\")."
                : $"Canceled before submission '{clientRequestId}' was sent; no generation exists.",
            innerException,
            cancellationToken)
        {
            ClientRequestId = clientRequestId,
            GenerationId = generationId,
            MayHaveBeenSent = mayHaveBeenSent,
        };
}
