using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Polly;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Generations;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Transport;

/// <summary>Reads what the API can be asked for without cost, and asks again where that may help: 4 attempts in all.</summary>
internal sealed class ApiReader
{
    private const int MaxRetries = 3;

    private readonly ApiConnection connection;
    private readonly RetryBudget budget;
    private readonly RecentSubmissions recent;
    private readonly ResiliencePipeline<object> pipeline;

    public ApiReader(ApiConnection connection, RetryBudget budget, ClientTelemetry telemetry, TimeProvider time, Random random)
    {
        this.connection = connection;
        this.budget = budget;
        recent = new RecentSubmissions(time);
        pipeline = RetryPipeline.Create<object>(
            MaxRetries,
            outcome => outcome.Exception is WanException e && IsTransient(e),
            outcome => (outcome.Exception as WanException)?.ServerDelay,
            (outcome, delay) => telemetry.Retrying("read", outcome.Exception, delay),
            budget,
            time,
            random);
    }

    /// <param name="pathAndQuery">What to read.</param>
    /// <param name="read">Reads the response.</param>
    /// <param name="caller">Knows secrets that the service must not repeat.</param>
    /// <param name="cancellationToken">Ends the read, retries included.</param>
    /// <exception cref="WanApiException">The service refused, or its response cannot be read, at once or 4 times.</exception>
    /// <exception cref="WanConnectionException">No response arrived, 4 times.</exception>
    public ValueTask<T> ReadAsync<T>(string pathAndQuery, Func<JsonElement, T> read, Redactor caller, CancellationToken cancellationToken)
        where T : notnull => ReadAsync(new Reading(connection.Address(pathAndQuery), null, caller), (json, _, _) => read(json), cancellationToken);

    /// <summary>Reads what the caller can do without, in one attempt.</summary>
    /// <param name="pathAndQuery">What to read.</param>
    /// <param name="read">Reads the response.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <exception cref="WanException">There is no response that can be read.</exception>
    public ValueTask<T> ReadOnceAsync<T>(string pathAndQuery, Func<JsonElement, T> read, CancellationToken cancellationToken)
        where T : notnull => ReadOnceAsync(new Reading(connection.Address(pathAndQuery), null, Redactor.None), (json, _, _) => read(json), cancellationToken);

    /// <summary>Gets what is called with each generation that is read, as its cost may be final; null for nothing.</summary>
    public Action<VideoGeneration>? OnRead { get; init; }

    /// <summary>Whether the service's log names a generation by this; see <see cref="Redactor.IsId"/>.</summary>
    public bool IsId([NotNullWhen(true)] string? name) => connection.RedactorOf(default, Redactor.None).IsId(name);

    /// <summary>Records a generation that was just submitted, which the service does not always find at once.</summary>
    public void Accepted(string id) => recent.Add(id);

    /// <summary>Returns whether the same read may succeed a moment later; a generation that was just submitted is not always found at once.</summary>
    public bool IsTransient(WanException e) =>
        e.IsTransient || (e is WanApiException { StatusCode: HttpStatusCode.NotFound, GenerationId: { } id } && recent.Contains(id));

    /// <summary>Reads a generation. The response must be about the generation that was requested.</summary>
    /// <param name="id">The generation's id.</param>
    /// <param name="caller">Knows the secrets that the service was given with the generation, such as its prompt.</param>
    /// <param name="cancellationToken">Ends the read, retries included.</param>
    /// <param name="hinted">Receives how long the service asks to wait before the next read; null for nothing.</param>
    public ValueTask<VideoGeneration> ReadGenerationAsync(string id, Redactor caller, CancellationToken cancellationToken, Action<TimeSpan>? hinted = null) => ReadAsync(
        new Reading(connection.Address($"{ApiConnection.GenerationsPath}?generation_id=", Uri.EscapeDataString(id)), id, caller) { Hinted = hinted },
        ReadGeneration,
        cancellationToken);

    private VideoGeneration ReadGeneration(JsonElement json, ApiResponse response, Reading reading)
    {
        var generation = response.Head.WithCost(GenerationReader.Read(json, reading.GenerationId, RequestIdOf(response, reading)));
        if (generation.HasWords)
            generation = generation.Redacted(connection.RedactorOf(response, reading.Caller));
        OnRead?.Invoke(generation);
        if (response.Head.RetryAfter is { } pause)
            reading.Hinted?.Invoke(pause);
        return generation;
    }

    // What the service sends is only repeated if it is not a secret.
    private string? RequestIdOf(ApiResponse response, Reading reading) =>
        response.Head.RequestId is { } id && connection.RedactorOf(response, reading.Caller).IsToken(id) ? id : null;

    private async ValueTask<T> ReadAsync<T>(Reading reading, Func<JsonElement, ApiResponse, Reading, T> read, CancellationToken cancellationToken)
        where T : notnull
    {
        try
        {
            return await ReadOnceAsync(reading, read, cancellationToken).ConfigureAwait(false);
        }
        catch (WanException e) when (IsTransient(e))
        {
            return await ReadAgainAsync(e, reading, read, cancellationToken).ConfigureAwait(false);
        }
    }

    // Entering the pipeline costs 850 bytes, which a read that succeeds at once, as nearly all do, does not pay: it is entered with the fault.
    private async Task<T> ReadAgainAsync<T>(
        WanException fault, Reading reading, Func<JsonElement, ApiResponse, Reading, T> read, CancellationToken cancellationToken)
        where T : notnull
    {
        var first = fault;
        return (T)await pipeline.ExecuteAsync(
            async token =>
            {
                if (Interlocked.Exchange(ref first, null) is { } happened)
                    ExceptionDispatchInfo.Throw(happened);
                return (object)await ReadOnceAsync(reading, read, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<T> ReadOnceAsync<T>(Reading reading, Func<JsonElement, ApiResponse, Reading, T> read, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await connection.GetAsync(reading.Address, cancellationToken).ConfigureAwait(false);
            if (!response.Head.IsSuccess)
                throw ApiErrors.From(response, connection.RedactorOf(response, reading.Caller));
            var result = Parse(response, read, reading);
            budget.Succeeded();
            return result;
        }
        catch (WanException e)
        {
            e.AddContext(reading.GenerationId, null);
            throw;
        }
    }

    private T Parse<T>(ApiResponse response, Func<JsonElement, ApiResponse, Reading, T> read, Reading reading)
    {
        try
        {
            using var document = response.ParseJson();
            return read(document.RootElement, response, reading);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            var redactor = connection.RedactorOf(response, reading.Caller);
            throw new WanApiException(
                $"The service's response ({(int)response.Head.StatusCode}) cannot be read: {Reason(e)}.", response.Head.StatusCode)
            {
                IsUnreadable = true,
                RequestId = response.Head.RequestId is { } requestId ? redactor.Print(requestId) : null,
                ResponseExcerpt = redactor.Print(response.Body.Span),
            };
        }
    }

    private static string Reason(Exception e) =>
        e is JsonException { InnerException: null } ours ? ours.Message.TrimEnd('.') : "it holds text that is no Unicode";

    /// <summary>What is read, about which generation (null for none), and what the response must not repeat.</summary>
    private sealed class Reading(Uri address, string? generationId, Redactor caller)
    {
        internal Uri Address { get; } = address;

        internal string? GenerationId { get; } = generationId;

        internal Redactor Caller { get; } = caller;

        internal Action<TimeSpan>? Hinted { get; init; }
    }
}
