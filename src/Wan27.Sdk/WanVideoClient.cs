using System.Runtime.CompilerServices;
using Wan27.Sdk.Account;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Download;
using Wan27.Sdk.Requests;
using Wan27.Sdk.Submission;
using Wan27.Sdk.Transport;
using Wan27.Sdk.Waiting;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk;

/// <summary>Generates videos with Wan 2.7 on AI/ML API. It is thread-safe; create one and reuse it.</summary>
public sealed class WanVideoClient : IWanVideoClient, IDisposable
{
    /// <summary>The category of the log entries, which docs/observability.md lists.</summary>
    public const string LogCategory = "Wan27.Sdk";

    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>, for OpenTelemetry's <c>AddSource</c>.</summary>
    public const string ActivitySourceName = "Wan27.Sdk";

    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>, for OpenTelemetry's <c>AddMeter</c>.</summary>
    public const string MeterName = "Wan27.Sdk";

    private readonly ClientTelemetry telemetry;
    private readonly Submitter submitter;
    private readonly Reconciler reconciler;
    private readonly JournalWriter journal;
    private readonly Resumption resumption;
    private readonly ApiReader reader;
    private readonly Waiter waiter;
    private readonly VideoDownloader downloader;
    private readonly AccountReader account;
    private readonly CostEstimator estimator;
    private readonly ModelList models;
    private readonly CostReader costs;
    private readonly HttpClients clients;

    /// <summary>Initializes a client with its own connections.</summary>
    /// <param name="apiKey">The API key.</param>
    /// <exception cref="ArgumentException">The key is blank, or has characters that are not printable ASCII.</exception>
    public WanVideoClient(string apiKey)
        : this(new WanVideoClientOptions { ApiKey = Checked(apiKey) })
    {
    }

    /// <summary>Initializes a client with its own connections.</summary>
    /// <param name="options">The settings, which are read once.</param>
    /// <exception cref="ArgumentException">A setting is missing or out of range.</exception>
    /// <exception cref="WanConfigurationException">There is no key, or an environment variable is not valid.</exception>
    public WanVideoClient(WanVideoClientOptions options)
        : this(options, ClientComposition.OwnClients(options))
    {
    }

    /// <summary>
    /// Initializes a client that uses an <see cref="HttpClient"/> of the application for the API, and its own connections for downloads.
    /// </summary>
    /// <remarks>
    /// The client does not dispose the <see cref="HttpClient"/>. It cannot prevent a second submission if a handler buffers bodies and another
    /// sends them again, or if redirects are followed: prefer the other constructors. The handlers receive requests with the key. The
    /// <see cref="HttpClient.Timeout"/> ends an attempt even if it makes progress: set it to infinite. The default headers are sent. The
    /// <see cref="HttpClient.BaseAddress"/> must be null or <see cref="WanVideoClientOptions.BaseAddress"/>.
    /// </remarks>
    /// <param name="httpClient">The client for the API.</param>
    /// <param name="options">The settings, which are read once.</param>
    /// <exception cref="ArgumentException">A setting is missing or out of range.</exception>
    /// <exception cref="WanConfigurationException">There is no key, or an environment variable is not valid.</exception>
    public WanVideoClient(HttpClient httpClient, WanVideoClientOptions options)
        : this(options, ClientComposition.OverClient(httpClient, options))
    {
    }

    /// <summary>Initializes a client that uses two clients of the application, which it does not dispose.</summary>
    /// <remarks>The settings of <paramref name="httpClient"/> mean what they mean for the constructor without a download client.</remarks>
    /// <param name="httpClient">The client for the API.</param>
    /// <param name="downloadClient">The client for downloads. It must not follow redirects or add headers, and no private address is refused.</param>
    /// <param name="options">The settings, which are read once.</param>
    /// <exception cref="ArgumentException">A setting is missing or out of range.</exception>
    /// <exception cref="WanConfigurationException">There is no key, or an environment variable is not valid.</exception>
    public WanVideoClient(HttpClient httpClient, HttpClient downloadClient, WanVideoClientOptions options)
        : this(options, ClientComposition.OverClients(httpClient, downloadClient, options))
    {
    }

    internal WanVideoClient(WanVideoClientOptions options, HttpClients clients)
    {
        ClientComposition.ThrowIfInvalid(options);
        if (options.CreatesJobs && options.Journal is not ISubmissionJobStore)
        {
            throw new WanConfigurationException(
                nameof(WanVideoClientOptions.Journal),
                $"{nameof(WanVideoClientOptions.CreatesJobs)} needs a journal that keeps jobs, such as {nameof(FileSubmissionJournal)}; the journal is {options.Journal?.GetType().Name ?? "not set"}.");
        }

        this.clients = clients;
        telemetry = new ClientTelemetry(options);
        // Many threads share it. Each class takes its random numbers from here, so that a test can give it others.
#pragma warning disable RS0030
        var random = Random.Shared;
#pragma warning restore RS0030
        var (time, budget) = (options.TimeProvider, new RetryBudget());
        var connection = new ApiConnection(clients, options.ApiKeyProvider is not null, options.BaseAddress, options.UserAgent, options.AttemptTimeout, telemetry, time);
        BudgetReservations spending = null!;
        var running = options is { Journal: null, MaxInProgress: not null } ? new RunningSubmissions() : null;
        var isCounted = running is not null || options is { Journal: null, Budget: not null };
        reader = new ApiReader(connection, budget, telemetry, time, random) { OnRead = isCounted ? generation => spending.Observed(generation) : null };
        models = new ModelList(reader);
        estimator = new CostEstimator(new PriceList(reader, options.AttemptTimeout, time));
        var log = new ServiceLogClient(reader);
        spending = new BudgetReservations(options.Budget, options.Journal is null, running, estimator.EstimateAsync, time);
        reconciler = new Reconciler(reader, log, spending, options.ReconciliationTimeout, telemetry, time);
        journal = new JournalWriter(options.Journal, options.Account, options.CreatesJobs, spending, telemetry, time);
        resumption = new Resumption(reader, reconciler, journal, telemetry);
        var durations = new ExpectedDurations(new ModelMetrics(reader, time), time);
        var queue = new SubmissionQueue(options.MaxInProgress, options.QueueTimeout, reader, journal, spending, telemetry, time, random);
        submitter = new Submitter(connection, reader, reconciler, journal, spending, queue, resumption, budget, options.SkipValidation, telemetry, time, random)
        {
            OnAccepted = durations.Submitted,
        };
        waiter = new Waiter(reader, journal.ObservedAsync, options.Polling, telemetry, durations, time, random);
        downloader = new VideoDownloader(new FileHostClient(clients.Files, ClientComposition.PolicyOf(options), telemetry, options.UserAgent, clients.Disposed), reader, telemetry, time);
        account = new AccountReader(reader);
        costs = new CostReader(reader, log, telemetry);
    }

    /// <summary>Creates a client with the key of the environment variable <c>AIMLAPI_API_KEY</c> or <c>AIML_API_KEY</c>.</summary>
    /// <returns>The client.</returns>
    /// <exception cref="WanConfigurationException">Neither variable is set, or one is not valid.</exception>
    public static WanVideoClient FromEnvironment() => new(new WanVideoClientOptions());

    /// <inheritdoc/>
    public Task<VideoGeneration> CreateAsync(VideoGenerationRequest request, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(request);
        return submitter.SubmitAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<VideoGeneration> GetAsync(string generationId, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(generationId);
        var read = reader.ReadGenerationAsync(generationId, Redactor.None, cancellationToken).AsTask();
        return journal.IsKept ? ObserveAsync(read, cancellationToken) : read;
    }

    /// <inheritdoc/>
    public Task<VideoGeneration> WaitAsync(
        string generationId, PollingOptions? polling = null, IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(generationId);
        return WaitAsync(new VideoGeneration { Id = generationId }, polling, progress, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<VideoGeneration> WaitAsync(
        VideoGeneration generation, PollingOptions? polling = null, IProgress<GenerationProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(generation);
        polling?.ThrowIfInvalid();
        return generation.HasVideo ? Task.FromResult(generation) : waiter.WaitAsync(generation, polling, progress, Redactor.None, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<VideoGeneration> WatchAsync(
        string generationId, PollingOptions? polling = null, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(generationId);
        return WatchAsync(new VideoGeneration { Id = generationId }, polling, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<VideoGeneration> WatchAsync(
        VideoGeneration generation, PollingOptions? polling = null, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(generation);
        polling?.ThrowIfInvalid();
        return waiter.WatchAsync(generation, polling, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<VideoGeneration> GenerateAndWaitAsync(
        VideoGenerationRequest request,
        PollingOptions? polling = null,
        IProgress<GenerationProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(request);
        // What cannot be waited for must not be bought.
        polling?.ThrowIfInvalid();
        return telemetry.Generation(request).RunAsync(async () =>
        {
            var accepted = await submitter.SubmitAsync(request, cancellationToken).ConfigureAwait(false);
            return await waiter.WaitAsync(accepted, polling, progress, request.Redactor, cancellationToken).ConfigureAwait(false);
        });
    }

    /// <inheritdoc/>
    public async Task DownloadAsync(
        VideoGeneration generation, Stream destination, DownloadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(generation);
        ArgumentNullException.ThrowIfNull(destination);
        await downloader.ToStreamAsync(generation, destination, Checked(options), cancellationToken).ConfigureAwait(false);
        await journal.FinishedAsync(generation, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task DownloadToFileAsync(
        VideoGeneration generation, string path, DownloadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(generation);
        ArgumentException.ThrowIfNullOrEmpty(path);
        await downloader.ToFileAsync(generation, path, Checked(options), cancellationToken).ConfigureAwait(false);
        await journal.FinishedAsync(generation, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Stream> OpenReadAsync(VideoGeneration generation, DownloadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(generation);
        return downloader.OpenReadAsync(generation, Checked(options), token => journal.FinishedAsync(generation, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<VideoGeneration>> FindGenerationsAsync(string clientRequestId, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(clientRequestId);
        if (ClientRequestIdFormat.Problem(clientRequestId) is { } problem)
            throw new ArgumentException($"The id {problem}", nameof(clientRequestId));
        var found = await reconciler.FindGenerationsAsync(clientRequestId, cancellationToken).ConfigureAwait(false);
        if (found is [var only])
            await journal.AcceptedAsync(clientRequestId, only, cancellationToken).ConfigureAwait(false);
        return found;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<GenerationOutcome> FindPendingAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(clients.IsDisposed, this);
        return resumption.FindPendingAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<GenerationOutcome> GenerateManyAsync(
        IEnumerable<VideoGenerationRequest> requests,
        int maxConcurrency,
        PollingOptions? polling = null,
        IProgress<GenerationProgress>? progress = null,
        Action<GenerationOutcome>? unseen = null,
        CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(requests);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxConcurrency, 1);
        polling?.ThrowIfInvalid();
        return ManyGenerations.RunAsync(this, requests, maxConcurrency, polling, progress, unseen, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<decimal> GetBalanceAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(clients.IsDisposed, this);
        return account.ReadBalanceAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<VideoModel>> ListModelsAsync(bool includeOtherTypes = false, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(clients.IsDisposed, this);
        return models.ReadAsync(includeOtherTypes, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<GenerationCost> EstimateCostAsync(VideoGenerationRequest request, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(request);
        return estimator.EstimateAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<GenerationCost> GetCostAsync(VideoGeneration generation, CancellationToken cancellationToken = default)
    {
        ThrowIfUnusable(generation);
        var cost = await costs.ReadAsync(generation, cancellationToken).ConfigureAwait(false);
        await journal.PaidAsync(generation, cost, cancellationToken).ConfigureAwait(false);
        return cost;
    }

    /// <summary>Closes the client's own connections. An <see cref="HttpClient"/> of the application stays open.</summary>
    public void Dispose()
    {
        clients.Dispose();
    }

    private async Task<VideoGeneration> ObserveAsync(Task<VideoGeneration> read, CancellationToken cancellationToken)
    {
        var generation = await read.ConfigureAwait(false);
        await journal.ObservedAsync(generation, cancellationToken).ConfigureAwait(false);
        return generation;
    }

    // An empty key must not be replaced by that of the environment.
    private static string Checked(string apiKey)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(apiKey);
        return apiKey;
    }

    private static DownloadOptions Checked(DownloadOptions? options)
    {
        options ??= new DownloadOptions();
        options.ThrowIfInvalid();
        return options;
    }

    private void ThrowIfUnusable(object argument, [CallerArgumentExpression(nameof(argument))] string? name = null)
    {
        ObjectDisposedException.ThrowIf(clients.IsDisposed, this);
        if (argument is string text)
            ArgumentException.ThrowIfNullOrWhiteSpace(text, name);
        ArgumentNullException.ThrowIfNull(argument, name);
    }
}
