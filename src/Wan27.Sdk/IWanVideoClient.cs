namespace Wan27.Sdk;

/// <summary>
/// Wan 2.7 video generation. What code depends on and tests replace; usable from many threads at once. Besides the exceptions named
/// at each verb: a cancelled submission, wait or download throws <see cref="WanCanceledException"/> with the way back, a cancelled read a plain
/// <see cref="OperationCanceledException"/>; whatever asks the API throws <see cref="WanApiKeyException"/> where there is no
/// key; a wrong argument (null, a blank id, options out of range) an <see cref="ArgumentException"/> before anything is asked; and a client that was
/// disposed <see cref="ObjectDisposedException"/>.
/// </summary>
public interface IWanVideoClient
{
    /// <summary>Validates and submits a request. This is what costs money; at most one complete request is sent.</summary>
    /// <param name="request">What to make.</param>
    /// <param name="cancellationToken">Cancels. Whether a task may exist by then, <see cref="WanCanceledException.MayHaveBeenSent"/> tells.</param>
    /// <returns>The accepted task.</returns>
    /// <exception cref="WanValidationException">The request breaks a documented limit, or the journal has its id with another request; nothing was sent.</exception>
    /// <exception cref="WanBudgetExceededException">It does not fit into <see cref="WanVideoClientOptions.Budget"/>; nothing was sent.</exception>
    /// <exception cref="WanJournalException">The journal could not be used; nothing was sent.</exception>
    /// <exception cref="WanMediaException">Local media could not be read or changed; no complete request was sent.</exception>
    /// <exception cref="WanApiException">The service refused; its status and <see cref="WanApiException.IsOutOfCredits"/> tell why.</exception>
    /// <exception cref="WanConnectionException">
    /// The service could not be reached; no complete request was sent. With a <see cref="WanException.GenerationId"/>: the journal has the task, and it
    /// could not be read.
    /// </exception>
    /// <exception cref="WanProtocolException">The journal has the task, and what the service says of it cannot be understood.</exception>
    /// <exception cref="WanSubmissionUnknownException">The request was sent and its outcome could not be learnt.</exception>
    /// <exception cref="WanGenerationFailedException">The service accepted the task and failed it at once.</exception>
    Task<VideoGeneration> CreateAsync(VideoGenerationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reads a task once.</summary>
    /// <param name="generationId">The task's id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The task as it stands, failed ones too.</returns>
    /// <exception cref="WanApiException">The service refused, or does not know the task.</exception>
    /// <exception cref="WanConnectionException">No answer came, in up to 4 attempts.</exception>
    /// <exception cref="WanProtocolException">The answer cannot be understood, in up to 4 attempts.</exception>
    Task<VideoGeneration> GetAsync(string generationId, CancellationToken cancellationToken = default);

    /// <summary>Waits for a task until its video is ready; also for one from another process or another week.</summary>
    /// <param name="generationId">The task's id.</param>
    /// <param name="polling">When to ask and when to stop; null: the client's own.</param>
    /// <param name="progress">Told of each poll; null: nobody is.</param>
    /// <param name="cancellationToken">Stops waiting; the task goes on.</param>
    /// <returns>The task with its video.</returns>
    /// <exception cref="WanGenerationFailedException">The service could not make the video.</exception>
    /// <exception cref="WanWaitTimeoutException">The time was up; the task goes on.</exception>
    /// <exception cref="WanApiException">The service refuses to tell, or does not know the task.</exception>
    /// <exception cref="WanConnectionException">Too many polls in a row had no answer; the task goes on.</exception>
    /// <exception cref="WanProtocolException">Too many answers in a row cannot be understood, or a completed task has no video.</exception>
    Task<VideoGeneration> WaitAsync(
        string generationId, PollingOptions? polling = null, IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default);

    /// <summary>Follows a task: each change of its status, the last with the video. Throws as <see cref="WaitAsync"/> does.</summary>
    /// <param name="generationId">The task's id.</param>
    /// <param name="polling">When to ask and when to stop; null: the client's own.</param>
    /// <param name="cancellationToken">Stops following; the task goes on.</param>
    IAsyncEnumerable<VideoGeneration> WatchAsync(string generationId, PollingOptions? polling = null, CancellationToken cancellationToken = default);

    /// <summary>Submits a request and waits until its video is ready. Throws as <see cref="CreateAsync"/> and <see cref="WaitAsync"/> do.</summary>
    /// <param name="request">What to make.</param>
    /// <param name="polling">When to ask and when to stop; null: the client's own.</param>
    /// <param name="progress">Told of the acceptance, with the id, and of each poll; null: nobody is.</param>
    /// <param name="cancellationToken">Stops; a task that was accepted goes on.</param>
    /// <returns>The task with its video.</returns>
    Task<VideoGeneration> GenerateAndWaitAsync(
        VideoGenerationRequest request,
        PollingOptions? polling = null,
        IProgress<GenerationProgress>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Copies a finished video to a stream. Neither the key nor any header of the caller goes to the file's host, which is given up after 30 s of
    /// silence. Where the address has expired the task is read for a new one, and what <see cref="GetAsync"/> throws may come through.
    /// </summary>
    /// <param name="generation">The finished task.</param>
    /// <param name="destination">Where to write, from its present position; one that cannot seek cannot be begun anew if the file changes on its host.</param>
    /// <param name="options">How to fetch; null: the defaults.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="WanDownloadException">There is no video, or it could not be fetched whole or lies where we do not go.</exception>
    Task DownloadAsync(VideoGeneration generation, Stream destination, DownloadOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Saves a finished video. The file bears its name only when it is whole; until then it is called <c>.part</c>, and what an earlier call
    /// or process left under that name is gone on with where the file's host allows it. Otherwise as <see cref="DownloadAsync"/>.
    /// </summary>
    /// <param name="generation">The finished task.</param>
    /// <param name="path">The file to make. A symbolic link is not followed.</param>
    /// <param name="options">How to fetch; null: the defaults.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="WanDownloadException">
    /// There is no video, or it could not be fetched whole or lies where we do not go, or the file exists or cannot be written.
    /// </exception>
    Task DownloadToFileAsync(VideoGeneration generation, string path, DownloadOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Opens a finished video for reading, to pass it on (as an ASP.NET answer, say). Reading goes on by itself after a cut, and ends only where
    /// the file is whole: any other end is a <see cref="WanDownloadException"/>. Otherwise as <see cref="DownloadAsync"/>.
    /// </summary>
    /// <param name="generation">The finished task.</param>
    /// <param name="options">How to fetch; null: the defaults.</param>
    /// <param name="cancellationToken">Cancels the opening; each read has a token of its own.</param>
    /// <returns>A stream that cannot seek, whose length is known if the file's host tells it; to be disposed by the caller.</returns>
    /// <exception cref="WanDownloadException">There is no video, or it could not be opened or lies where we do not go.</exception>
    Task<Stream> OpenReadAsync(VideoGeneration generation, DownloadOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Finds what became of a submission whose answer was lost, also from another process, by the id under which it was sent.
    /// Searches the service's log once or twice; nothing found proves nothing, as the log is late.
    /// </summary>
    /// <param name="clientRequestId">The submission's id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The generations that have the id, at most 100: none, one, or several if the id was used more than once. A generation that the log names and the
    /// service does not find has its id and no status.
    /// </returns>
    /// <exception cref="ArgumentException">The id is none that could have been sent.</exception>
    /// <exception cref="WanApiException">The service refused.</exception>
    /// <exception cref="WanConnectionException">No answer came, in up to 4 attempts.</exception>
    /// <exception cref="WanProtocolException">The answer cannot be understood, in up to 4 attempts.</exception>
    Task<IReadOnlyList<VideoGeneration>> FindGenerationsAsync(string clientRequestId, CancellationToken cancellationToken = default);

    /// <summary>
    /// After a crash: every submission of the journal that is not over, as its task or as the reason why none is known. Nothing is sent again.
    /// Accepted tasks come up until it was told here that they failed, or their video was fetched whole with a client over this journal.
    /// </summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidOperationException">The client has no journal.</exception>
    /// <exception cref="WanJournalException">The journal cannot be read.</exception>
    IAsyncEnumerable<GenerationOutcome> ResumePendingAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Generates many videos, some at once, and yields what became of each as it ends. One failure discards no other. Cancelled, it still yields
    /// an outcome with the way back for each that was begun, and then throws. Whoever stops reading early stops the rest.
    /// </summary>
    /// <param name="requests">What to make; taken one by one as there is room.</param>
    /// <param name="maxConcurrency">How many may be submitted and unfinished at once; 1 or more.</param>
    /// <param name="polling">When to ask and when to stop; null: the client's own.</param>
    /// <param name="progress">Told of each acceptance and each poll; null: nobody is.</param>
    /// <param name="cancellationToken">Stops; tasks that were accepted go on.</param>
    IAsyncEnumerable<GenerationOutcome> GenerateManyAsync(
        IEnumerable<VideoGenerationRequest> requests,
        int maxConcurrency,
        PollingOptions? polling = null,
        IProgress<GenerationProgress>? progress = null,
        CancellationToken cancellationToken = default);

    /// <summary>Reads what is left on the account.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="WanApiException">The service refused.</exception>
    /// <exception cref="WanConnectionException">No answer came, in up to 4 attempts.</exception>
    /// <exception cref="WanProtocolException">The answer cannot be understood, in up to 4 attempts.</exception>
    Task<AccountBalance> GetBalanceAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Tells what a request will cost by the service's live price list, which is remembered for an hour. Nothing is sent but the question, and a
    /// request that could not be submitted is reckoned all the same.
    /// </summary>
    /// <param name="request">What to make.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// <see cref="CostStatus.Estimated"/> with the amount and the time when the list was read; or <see cref="CostStatus.Unknown"/>, with the reason and never
    /// with an amount, where the list cannot be read (not asked again for 30 s), does not have the model, or its price depends on something else.
    /// </returns>
    Task<GenerationCost> EstimateCostAsync(VideoGenerationRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Tells what a task cost: as its <see cref="VideoGeneration.Cost"/>, if that is the actual one; else the task is read again, and where it is
    /// complete and its answer does not tell, the service's log is searched.
    /// </summary>
    /// <param name="generation">The task.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The cost; <see cref="CostStatus.Pending"/> while the task goes on or the log is late.</returns>
    /// <exception cref="WanApiException">The service refused, or does not know the task.</exception>
    /// <exception cref="WanConnectionException">No answer came, in up to 4 attempts.</exception>
    /// <exception cref="WanProtocolException">The answer cannot be understood, in up to 4 attempts.</exception>
    Task<GenerationCost> GetCostAsync(VideoGeneration generation, CancellationToken cancellationToken = default);
}
