using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Wan27.Sdk.Errors;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Diagnostics;

/// <summary>The log, the spans and the measurements of one client. The other folders report what happens; what is made of it is decided here.</summary>
internal sealed class ClientTelemetry
{
    private readonly Uri baseAddress;

    public ClientTelemetry(WanVideoClientOptions options)
    {
        Log = options.LoggerFactory is { } loggers ? new GuardedLogger(loggers.CreateLogger(WanVideoClient.LogCategory)) : NullLogger.Instance;
        Instruments = options.MeterFactory is { } meters
            ? new Instruments(meters.Create(new MeterOptions(WanVideoClient.MeterName) { Version = Spans.Version }))
            : Instruments.Shared;
        LogsContent = options.LogContent;
        Time = options.TimeProvider;
        baseAddress = options.BaseAddress;
    }

    public ILogger Log { get; }

    public Instruments Instruments { get; }

    public KnownGenerations Known { get; } = new();

    public TimeProvider Time { get; }

    /// <summary>Gets a value indicating whether the log contains prompts and responses.</summary>
    public bool LogsContent { get; }

    /// <summary>Whether generations must be remembered, so that their parts find together.</summary>
    public bool IsListenedTo => Spans.AreWanted || Instruments.IsEnabled;

    public Operation<VideoGeneration> Generation(VideoGenerationRequest request) => new GenerationTelemetry(this, request);

    public Operation<VideoGeneration> Submission(VideoGenerationRequest request, string clientRequestId) =>
        new SubmissionTelemetry(this, request, clientRequestId);

    public Operation<VideoGeneration?> Reconciliation(string clientRequestId, SubmissionPhase phase, string evidence) =>
        new ReconciliationTelemetry(this, clientRequestId, phase, evidence);

    public WaitTelemetry Wait(string id) => new(this, id);

    public DownloadTelemetry Download(VideoGeneration generation) => new(this, generation.Id);

    /// <summary>Returns the attributes of every span about the service.</summary>
    public TagList Service(string? model) => Tags(
        (Attributes.Provider, Attributes.ProviderName), (Attributes.Model, model), (Attributes.ServerAddress, baseAddress.IdnHost), (Attributes.ServerPort, baseAddress.Port));

    public void Searching(string clientRequestId, int search)
    {
        Log.Searching(clientRequestId, search);
        Spans.Current?.SetTag(Attributes.Searches, search);
    }

    public void Retrying(string request, Exception? fault, TimeSpan delay)
    {
        if (fault is null)
            return;
        Log.Retrying(request, delay.TotalSeconds, Reasons.TypeOf(fault), Reasons.Of(fault));
        Retried(Spans.Current, request, Reasons.ErrorType(fault));
    }

    public void Retried(Activity? span, string request, string? errorType)
    {
        if (Instruments.Retries.Enabled)
            Instruments.Retries.Add(1, Tags((Attributes.Request, request), (Attributes.ErrorType, errorType)));
        span?.AddEvent(new ActivityEvent(Spans.Retry, tags: new([new(Attributes.Request, request), new(Attributes.ErrorType, errorType)])));
    }

    public void Sending(HttpRequestMessage request)
    {
        if (Log.IsEnabled(LogLevel.Trace))
        {
            var uri = request.RequestUri!;
            Log.Sending(request.Method.Method, Redactor.PrintAddress(uri), AllowList.Query(uri), AllowList.Print(RedactorOf(request), request.Headers, request.Content?.Headers));
        }
    }

    public void Answered(HttpRequestMessage request, HttpResponseMessage response)
    {
        var status = response.StatusCode;
        if (Log.IsEnabled(LogLevel.Debug))
            Log.Answered(request.Method.Method, Redactor.PrintAddress(request.RequestUri!), (int)status);
        if (Log.IsEnabled(LogLevel.Trace))
            Log.AnswerHeaders((int)status, AllowList.Print(RedactorOf(response.RequestMessage ?? request), response.Headers, response.Content.Headers));
        // A generation has many requests; only its parts have one.
        if (Spans.Current is { Kind: ActivityKind.Internal } part)
            part.SetTag(Attributes.StatusCode, (int)status);
    }

    /// <param name="attempt">Method, host and path.</param>
    /// <param name="reason">Why no response arrived.</param>
    public void Unanswered(string attempt, string reason) => Log.Unanswered(attempt, reason);

    /// <param name="status">The status of the response.</param>
    /// <param name="content">Its content as <see cref="WanApiException.ResponseExcerpt"/> has it.</param>
    public void ResponseContent(HttpStatusCode status, string content) => Log.AnswerContent((int)status, content);

    /// <summary>Reports progress to the application, whose callback cannot make a paid call fail.</summary>
    public void Report<T>(IProgress<T>? progress, T value)
    {
        try
        {
            progress?.Report(value);
        }
        catch (Exception e)
        {
            Log.ProgressFailed(Reasons.TypeOf(e));
        }
    }

    public void Sent(long bytes) => Transferred(bytes, "transmit");

    public void Received(long bytes) => Transferred(bytes, "receive");

    /// <summary>Counts a generation that is over, at most once, or the end of a call that did not see it over.</summary>
    /// <param name="outcome">One of <see cref="Outcomes"/>.</param>
    /// <param name="start">What is known of its beginning.</param>
    /// <param name="generation">The generation as last read, where it is over.</param>
    /// <param name="fault">What came instead of a video.</param>
    public void Ended(string outcome, KnownGenerations.Known? start, VideoGeneration? generation, Exception? fault)
    {
        if (!Instruments.IsEnabled || (generation is not null && !Known.TryEnd(generation.Id)))
            return;
        var error = fault is null ? null : Reasons.ErrorType(fault);
        Instruments.Generations.Add(1, Tags((Attributes.Model, start?.Model), (Attributes.Outcome, outcome), (Attributes.ErrorType, error)));
        if (start is { Began: { } began })
        {
            var tags = Service(start.Model);
            tags.Add(Attributes.Operation, Attributes.GenerateContent);
            if (error is not null)
                tags.Add(Attributes.ErrorType, error);
            Instruments.Duration.Record(Time.GetElapsedTime(began).TotalSeconds, tags);
        }

        if (generation is not null)
            Paid(generation.Id, generation.Cost);
    }

    /// <summary>Counts what a generation cost, when it is known; each at most once, and none whose end was not seen here.</summary>
    public void Paid(string id, GenerationCost cost)
    {
        if (Instruments.Cost.Enabled && cost is { IsFinal: true, Usd: > 0 and var usd } && Known.TryPay(id))
            Instruments.Cost.Add((double)usd, Tags((Attributes.Model, Known.Find(id)?.Model)));
    }

    /// <summary>Returns what a generation cost in US dollars; null if the response does not contain it.</summary>
    public static decimal? Charged(VideoGeneration generation) => generation.Cost is { IsFinal: true, Usd: var usd } ? usd : null;

    /// <summary>Names and values, without those that are not known.</summary>
    public static TagList Tags(params ReadOnlySpan<(string Name, object? Value)> tags)
    {
        var list = new TagList();
        foreach (var (name, value) in tags)
        {
            if (value is not null)
                list.Add(name, value);
        }

        return list;
    }

    // If the innermost handler is not at the bottom, the key is on the request itself.
    private static Redactor RedactorOf(HttpRequestMessage request) =>
        new([request.Headers.Authorization?.Parameter, .. AllowList.SecretsOf(request.RequestUri!)]);

    private void Transferred(long bytes, string direction)
    {
        if (bytes > 0)
            Instruments.Bytes.Add(bytes, new KeyValuePair<string, object?>(Attributes.Direction, direction));
    }
}
