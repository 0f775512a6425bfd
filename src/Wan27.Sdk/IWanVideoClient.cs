namespace Wan27.Sdk;

/// <summary>
/// Generates videos with Wan 2.7. Applications depend on this interface, and tests replace it. All members are thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// In addition to the exceptions of each member: a canceled submission, wait or download throws <see cref="WanCanceledException"/>, and a canceled read
/// <see cref="OperationCanceledException"/>. Whatever calls the API throws <see cref="WanConfigurationException"/> if there is no usable key. An invalid
/// argument (null, an empty id, an option out of range) throws <see cref="ArgumentException"/> before anything is sent, and a disposed client
/// <see cref="ObjectDisposedException"/>.
/// </para>
/// <para>After version 1.0, members are only added with a default implementation, which does not submit anything.</para>
/// </remarks>
public interface IWanVideoClient
{
    /// <summary>Validates and submits a request. This costs money; at most one complete request is sent.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels. <see cref="WanCanceledException.MayHaveBeenSent"/> shows whether a generation may exist then.</param>
    /// <returns>The accepted generation.</returns>
    /// <exception cref="WanValidationException">
    /// The request breaks a documented limit, its local media cannot be used, it does not fit into <see cref="WanVideoClientOptions.Budget"/>, or the journal
    /// has its id for another request. No complete request was sent.
    /// </exception>
    /// <exception cref="WanQueueTimeoutException">
    /// <see cref="WanVideoClientOptions.MaxInProgress"/> generations were in progress until <see cref="WanVideoClientOptions.QueueTimeout"/>; nothing was sent.
    /// </exception>
    /// <exception cref="WanConfigurationException">There is no usable key, or the journal cannot be used; nothing was sent.</exception>
    /// <exception cref="WanApiException">
    /// The service refused the request; see <see cref="WanApiException.StatusCode"/>. If <see cref="WanApiException.IsUnreadable"/>: the journal has the
    /// generation, and it cannot be read.
    /// </exception>
    /// <exception cref="WanConnectionException">
    /// The service cannot be reached; no complete request was sent. With a <see cref="WanException.GenerationId"/>: the journal has the generation, and it
    /// cannot be read.
    /// </exception>
    /// <exception cref="WanSubmissionUnknownException">The request was sent, and its outcome is unknown.</exception>
    /// <exception cref="WanGenerationFailedException">The service accepted the generation, and it failed at once.</exception>
    Task<VideoGeneration> CreateAsync(VideoGenerationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads a generation once.</summary>
    /// <param name="generationId">The id of the generation.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The generation, also if it failed.</returns>
    /// <exception cref="WanApiException">The service refused, does not know the generation, or its response cannot be read, in up to 4 attempts.</exception>
    /// <exception cref="WanConnectionException">No response arrived, in up to 4 attempts.</exception>
    Task<VideoGeneration> GetAsync(string generationId, CancellationToken cancellationToken = default);

    /// <summary>Waits until a generation is complete, also one from another process.</summary>
    /// <param name="generationId">The id of the generation.</param>
    /// <param name="polling">When to poll and when to stop; null for <see cref="WanVideoClientOptions.Polling"/>.</param>
    /// <param name="progress">Receives a report after each poll.</param>
    /// <param name="cancellationToken">Stops the wait; the generation continues.</param>
    /// <returns>The generation with its video.</returns>
    /// <exception cref="WanGenerationFailedException">The generation failed.</exception>
    /// <exception cref="WanWaitTimeoutException">The wait timed out; the generation continues.</exception>
    /// <exception cref="WanApiException">
    /// The service refused, does not know the generation, too many responses in a row cannot be read, or a complete generation has no video.
    /// </exception>
    /// <exception cref="WanConnectionException">Too many polls in a row had no response; the generation continues.</exception>
    Task<VideoGeneration> WaitAsync(
        string generationId, PollingOptions? polling = null, IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Waits until a generation is complete, and keeps its <see cref="VideoGeneration.ClientRequestId"/>.</summary>
    /// <param name="generation">The generation.</param>
    /// <param name="polling">When to poll and when to stop; null for <see cref="WanVideoClientOptions.Polling"/>.</param>
    /// <param name="progress">Receives a report at once, and after each poll.</param>
    /// <param name="cancellationToken">Stops the wait; the generation continues.</param>
    /// <returns>The generation with its video.</returns>
    /// <inheritdoc cref="WaitAsync(string, PollingOptions?, IProgress{GenerationProgress}?, CancellationToken)" path="/exception"/>
    Task<VideoGeneration> WaitAsync(
        VideoGeneration generation,
        PollingOptions? polling = null,
        IProgress<GenerationProgress>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>Waits until a generation is complete, and returns it each time its status changes, the last time with its video.</summary>
    /// <param name="generationId">The id of the generation.</param>
    /// <param name="polling">When to poll and when to stop; null for <see cref="WanVideoClientOptions.Polling"/>.</param>
    /// <param name="cancellationToken">Stops the wait; the generation continues.</param>
    /// <returns>The generation after each change of its status.</returns>
    /// <inheritdoc cref="WaitAsync(string, PollingOptions?, IProgress{GenerationProgress}?, CancellationToken)" path="/exception"/>
    IAsyncEnumerable<VideoGeneration> WatchAsync(string generationId, PollingOptions? polling = null, CancellationToken cancellationToken = default);

    /// <summary>Waits as <see cref="WatchAsync(string, PollingOptions?, CancellationToken)"/> does, and keeps the <see cref="VideoGeneration.ClientRequestId"/>.</summary>
    /// <param name="generation">The generation.</param>
    /// <param name="polling">When to poll and when to stop; null for <see cref="WanVideoClientOptions.Polling"/>.</param>
    /// <param name="cancellationToken">Stops the wait; the generation continues.</param>
    /// <returns>The generation after each change of its status.</returns>
    /// <inheritdoc cref="WaitAsync(string, PollingOptions?, IProgress{GenerationProgress}?, CancellationToken)" path="/exception"/>
    IAsyncEnumerable<VideoGeneration> WatchAsync(VideoGeneration generation, PollingOptions? polling = null, CancellationToken cancellationToken = default);

    /// <summary>Submits a request and waits until its video is ready. Throws what <see cref="CreateAsync"/> and <c>WaitAsync</c> throw.</summary>
    /// <param name="request">The request.</param>
    /// <param name="polling">When to poll and when to stop; null for <see cref="WanVideoClientOptions.Polling"/>.</param>
    /// <param name="progress">Receives a report when the generation is accepted, with its id, and after each poll.</param>
    /// <param name="cancellationToken">Stops; an accepted generation continues.</param>
    /// <returns>The generation with its video.</returns>
    Task<VideoGeneration> GenerateAndWaitAsync(
        VideoGenerationRequest request,
        PollingOptions? polling = null,
        IProgress<GenerationProgress>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>Copies the video of a complete generation to a stream.</summary>
    /// <remarks>
    /// Neither the key nor a header of the application is sent to the file host. It is disconnected after 30 s without data. If the URL has expired, the
    /// generation is read again, so that the exceptions of <see cref="GetAsync"/> are possible.
    /// </remarks>
    /// <param name="generation">The complete generation.</param>
    /// <param name="destination">The stream, which is written from its current position. If it cannot seek, a file that changes on its host is an error.</param>
    /// <param name="options">How to download; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="WanDownloadException">There is no video, it cannot be downloaded completely, or its address is not allowed.</exception>
    Task DownloadAsync(VideoGeneration generation, Stream destination, DownloadOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Saves the video of a complete generation to a file.</summary>
    /// <remarks>
    /// The file gets its name when it is complete; until then it has the extension <c>.part</c>. An interrupted download of an earlier call or process is
    /// continued if the file host supports it. Otherwise like <see cref="DownloadAsync"/>.
    /// </remarks>
    /// <param name="generation">The complete generation.</param>
    /// <param name="path">The path of the file. Symbolic links are not followed.</param>
    /// <param name="options">How to download; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="WanDownloadException">
    /// There is no video, it cannot be downloaded completely, its address is not allowed, or the file exists or cannot be written.
    /// </exception>
    Task DownloadToFileAsync(VideoGeneration generation, string path, DownloadOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Opens the video of a complete generation for reading, for example to return it from a web application.</summary>
    /// <remarks>
    /// An interrupted read continues. The stream ends only when the file is complete; otherwise reading throws <see cref="WanDownloadException"/>.
    /// Otherwise like <see cref="DownloadAsync"/>.
    /// </remarks>
    /// <param name="generation">The complete generation.</param>
    /// <param name="options">How to download; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels opening. Each read has its own token.</param>
    /// <returns>A stream that cannot seek, whose length is known if the file host sends it. The caller disposes it.</returns>
    /// <exception cref="WanDownloadException">There is no video, it cannot be opened, or its address is not allowed.</exception>
    Task<Stream> OpenReadAsync(VideoGeneration generation, DownloadOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Searches the service's log for the generations of a submission, whose response may have been lost, also in another process.</summary>
    /// <remarks>The log is delayed: if it contains nothing, a generation may still exist.</remarks>
    /// <param name="clientRequestId">The id under which the request was submitted.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The generations with this id, at most 100: none, one, or several if the id was used more than once.</returns>
    /// <exception cref="ArgumentException">The id is not one that could have been sent.</exception>
    /// <exception cref="WanSubmissionUnknownException">
    /// The log names a generation that the service does not find (yet); see <see cref="WanSubmissionUnknownException.CandidateGenerationIds"/>.
    /// </exception>
    /// <exception cref="WanApiException">The service refused, or its response cannot be read, in up to 4 attempts.</exception>
    /// <exception cref="WanConnectionException">No response arrived, in up to 4 attempts.</exception>
    Task<IReadOnlyList<VideoGeneration>> FindGenerationsAsync(string clientRequestId, CancellationToken cancellationToken = default);

    /// <summary>Reads, after a restart, every submission of the journal that is not finished. It does not wait and sends nothing again.</summary>
    /// <remarks>
    /// An accepted generation is returned until its failure was reported by a client that uses this journal, or its video was downloaded completely with one.
    /// </remarks>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>For each submission its generation, or why none is known.</returns>
    /// <exception cref="InvalidOperationException">The client has no journal.</exception>
    /// <exception cref="WanConfigurationException">The journal cannot be read.</exception>
    IAsyncEnumerable<GenerationOutcome> FindPendingAsync(CancellationToken cancellationToken = default);

    /// <summary>Generates many videos, several at once, and returns the outcome of each when it ends. A failure does not affect the others.</summary>
    /// <remarks>
    /// If it is canceled, it returns an outcome for each generation that was started, with its id, and then throws. If the caller stops enumerating, no other
    /// request is submitted, and the waits end; <paramref name="unseen"/> receives what was started, so that no paid generation is lost.
    /// </remarks>
    /// <param name="requests">The requests; each is taken when it can be submitted.</param>
    /// <param name="maxConcurrency">How many generations may be in progress at once; 1 or more.</param>
    /// <param name="polling">When to poll and when to stop; null for <see cref="WanVideoClientOptions.Polling"/>.</param>
    /// <param name="progress">Receives a report when a generation is accepted, and after each poll.</param>
    /// <param name="unseen">
    /// Is called, if the caller stops enumerating, with the outcome of each generation that was started and not enumerated, before the enumerator is disposed.
    /// </param>
    /// <param name="cancellationToken">Stops; accepted generations continue.</param>
    /// <returns>The outcomes, in the order in which they end.</returns>
    IAsyncEnumerable<GenerationOutcome> GenerateManyAsync(
        IEnumerable<VideoGenerationRequest> requests,
        int maxConcurrency,
        PollingOptions? polling = null,
        IProgress<GenerationProgress>? progress = null,
        Action<GenerationOutcome>? unseen = null,
        CancellationToken cancellationToken = default);

    /// <summary>Reads the balance of the account.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The balance in US dollars.</returns>
    /// <exception cref="WanApiException">The service refused, or its response cannot be read, in up to 4 attempts.</exception>
    /// <exception cref="WanConnectionException">No response arrived, in up to 4 attempts.</exception>
    Task<decimal> GetBalanceAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the models of the service, with their prices.</summary>
    /// <param name="includeOtherTypes">Whether models that make no videos are listed too. Default: false.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The models in the order of the service. Other fields of a model than those of the Wan 2.7 models: <see cref="VideoRequest"/>.</returns>
    /// <exception cref="WanApiException">The service refused, or its response cannot be read, in up to 4 attempts.</exception>
    /// <exception cref="WanConnectionException">No response arrived, in up to 4 attempts.</exception>
    Task<IReadOnlyList<VideoModel>> ListModelsAsync(bool includeOtherTypes = false, CancellationToken cancellationToken = default);

    /// <summary>Estimates what a request would cost, by the service's price list, which is cached for an hour. Nothing is submitted.</summary>
    /// <param name="request">The request, which is not validated.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The estimate and when the price list was read; or a cost without an amount, with the reason. Other errors are not thrown.</returns>
    Task<GenerationCost> EstimateCostAsync(VideoGenerationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads what a generation cost: from its response, or from the service's log.</summary>
    /// <param name="generation">The generation.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The cost, which is not final while the generation is in progress or the log is delayed.</returns>
    /// <exception cref="WanApiException">The service refused, or its response cannot be read, in up to 4 attempts.</exception>
    /// <exception cref="WanConnectionException">No response arrived, in up to 4 attempts.</exception>
    Task<GenerationCost> GetCostAsync(VideoGeneration generation, CancellationToken cancellationToken = default);
}
