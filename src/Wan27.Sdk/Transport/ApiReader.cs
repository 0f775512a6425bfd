using System.Net;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text.Json;
using Polly;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Generations;
using Wan27.Sdk.Words;

namespace Wan27.Sdk.Transport;

/// <summary>Reads what the API can be asked for without cost, and asks again where that may help: 4 attempts in all.</summary>
internal sealed class ApiReader
{
    private const int MaxRetries = 3;

    private readonly ApiConnection connection;
    private readonly RetryBudget budget;
    private readonly RecentSubmissions recent;
    private readonly ResiliencePipeline<object> pipeline;
    private readonly Func<JsonElement, ApiAnswer, string?, VideoGeneration> readGeneration;

    public ApiReader(ApiConnection connection, RetryBudget budget, ClientTelemetry telemetry, TimeProvider time)
    {
        this.connection = connection;
        this.budget = budget;
        recent = new RecentSubmissions(time);
        readGeneration = ReadGeneration;
        pipeline = Backoff.Pipeline<object>(
            MaxRetries,
            outcome => outcome.Exception is WanException e && IsTransient(e),
            outcome => (outcome.Exception as WanException)?.ServerDelay,
            (outcome, delay) => telemetry.Retrying("read", outcome.Exception, delay),
            budget,
            time);
    }

    /// <param name="pathAndQuery">What to read.</param>
    /// <param name="read">Reads the answer.</param>
    /// <param name="cancellationToken">Ends the read, retries included.</param>
    /// <exception cref="WanApiException">The service refused, at once or 4 times.</exception>
    /// <exception cref="WanConnectionException">No answer came, 4 times.</exception>
    /// <exception cref="WanProtocolException">The answer was not what was promised, 4 times.</exception>
    public ValueTask<T> ReadAsync<T>(string pathAndQuery, Func<JsonElement, T> read, CancellationToken cancellationToken)
        where T : notnull => ReadAsync(connection.Address(pathAndQuery), (json, _, _) => read(json), null, cancellationToken);

    /// <summary>Who is told of each task that is read, as its cost may be settled; null: nobody is.</summary>
    public SpendingBudget? Spending { get; init; }

    /// <summary>Whether the service's log names a task by this; see <see cref="ServerWords.IsId"/>.</summary>
    public bool IsId(string named) => ServerWords.IsId(named, connection.SecretsOf(default));

    /// <summary>Tells that we have just submitted a task, which the service may not find at once.</summary>
    public void Accepted(string id) => recent.Add(id);

    /// <summary>Whether the same read may well succeed a moment later; a task of ours that is not found yet may appear.</summary>
    public bool IsTransient(WanException e) =>
        e.IsTransient || (e is WanApiException { StatusCode: HttpStatusCode.NotFound, GenerationId: { } id } && recent.Contains(id));

    /// <summary>Reads a task. The answer must be about the task that was asked for.</summary>
    public ValueTask<VideoGeneration> ReadGenerationAsync(string id, CancellationToken cancellationToken) => ReadAsync(
        connection.Address($"{ApiConnection.GenerationsPath}?generation_id=", Uri.EscapeDataString(id)), readGeneration, id, cancellationToken);

    private VideoGeneration ReadGeneration(JsonElement json, ApiAnswer answer, string? id)
    {
        var generation = answer.Head.WithCost(GenerationReader.Read(json, id));
        if (generation.HasWords)
            generation = generation.Without(connection.SecretsOf(answer));
        Spending?.Observe(generation);
        return generation;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> ReadAsync<T>(
        Uri address, Func<JsonElement, ApiAnswer, string?, T> read, string? generationId, CancellationToken cancellationToken)
        where T : notnull
    {
        try
        {
            return await ReadOnceAsync(address, read, generationId, cancellationToken).ConfigureAwait(false);
        }
        catch (WanException e) when (IsTransient(e))
        {
            return await ReadAgainAsync(e, address, read, generationId, cancellationToken).ConfigureAwait(false);
        }
    }

    // The pipeline is entered with the fault that has happened: a read that succeeds at once, as nearly all do, does not pay for it.
    private async Task<T> ReadAgainAsync<T>(
        WanException fault, Uri address, Func<JsonElement, ApiAnswer, string?, T> read, string? generationId, CancellationToken cancellationToken)
        where T : notnull
    {
        var first = fault;
        return (T)await pipeline.ExecuteAsync(
            async token =>
            {
                if (Interlocked.Exchange(ref first, null) is { } happened)
                    ExceptionDispatchInfo.Throw(happened);
                return (object)await ReadOnceAsync(address, read, generationId, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> ReadOnceAsync<T>(
        Uri address, Func<JsonElement, ApiAnswer, string?, T> read, string? generationId, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await connection.GetAsync(address, cancellationToken).ConfigureAwait(false);
            if (!answer.Head.IsSuccess)
                throw ApiErrors.From(answer, connection.SecretsOf(answer));
            var result = Understand(answer, read, generationId);
            budget.Succeeded();
            return result;
        }
        catch (WanException e)
        {
            e.GenerationId ??= generationId;
            throw;
        }
    }

    private T Understand<T>(ApiAnswer answer, Func<JsonElement, ApiAnswer, string?, T> read, string? generationId)
    {
        try
        {
            using var document = answer.ParseJson();
            return read(document.RootElement, answer, generationId);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            var secrets = connection.SecretsOf(answer);
            throw new WanProtocolException(
                $"The service's answer ({(int)answer.Head.StatusCode}) cannot be understood: {Reason(e)}.")
            {
                RequestId = answer.Head.RequestId is { } requestId ? ServerWords.Print(requestId, secrets) : null,
                ResponseExcerpt = ServerWords.Print(answer.Body.Span, secrets),
            };
        }
    }

    private static string Reason(Exception e) =>
        e is JsonException { InnerException: null } ours ? ours.Message.TrimEnd('.') : "it holds text that is no Unicode";
}
