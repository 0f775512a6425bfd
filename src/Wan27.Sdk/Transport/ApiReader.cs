using System.Net;
using System.Text.Json;
using Polly;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Generations;

namespace Wan27.Sdk.Transport;

/// <summary>Reads what the API can be asked for without cost, and asks again where that may help: 4 attempts in all.</summary>
internal sealed class ApiReader
{
    private const int MaxRetries = 3;

    private readonly ApiConnection connection;
    private readonly RetryBudget budget;
    private readonly RecentSubmissions recent;
    private readonly ResiliencePipeline<object> pipeline;

    public ApiReader(ApiConnection connection, RetryBudget budget, ClientTelemetry telemetry, TimeProvider time)
    {
        this.connection = connection;
        this.budget = budget;
        recent = new RecentSubmissions(time);
        pipeline = Backoff.Pipeline<object>(
            MaxRetries,
            outcome => outcome.Exception is WanException e && IsTransient(e),
            outcome => (outcome.Exception as WanException)?.ServerDelay,
            (outcome, delay) => telemetry.Retrying("read", outcome.Exception, delay),
            budget,
            time);
    }

    /// <exception cref="WanApiException">The service refused, at once or 4 times.</exception>
    /// <exception cref="WanConnectionException">No answer came, 4 times.</exception>
    /// <exception cref="WanProtocolException">The answer was not what was promised, 4 times.</exception>
    public async Task<T> ReadAsync<T>(
        string pathAndQuery, Func<JsonElement, AnswerHead, T> read, CancellationToken cancellationToken, string? generationId = null)
        where T : notnull
    {
        var result = await pipeline.ExecuteAsync(
            static async (state, token) => (object)await state.Reader.ReadOnceAsync(state.Path, state.Read, state.Id, token).ConfigureAwait(false),
            (Reader: this, Path: pathAndQuery, Read: read, Id: generationId),
            cancellationToken).ConfigureAwait(false);
        return (T)result;
    }

    /// <summary>Who is told of each task that is read, as its cost may be settled; null: nobody is.</summary>
    public SpendingBudget? Spending { get; init; }

    /// <summary>Tells that we have just submitted a task, which the service may not find at once.</summary>
    public void Accepted(string id) => recent.Add(id);

    /// <summary>Whether the same read may well succeed a moment later; a task of ours that is not found yet may appear.</summary>
    public bool IsTransient(WanException e) =>
        e.IsTransient || (e is WanApiException { StatusCode: HttpStatusCode.NotFound, GenerationId: { } id } && recent.Contains(id));

    /// <summary>Reads a task. The answer must be about the task that was asked for.</summary>
    public Task<VideoGeneration> ReadGenerationAsync(string id, CancellationToken cancellationToken) =>
        ReadAsync(
            $"{ApiConnection.GenerationsPath}?generation_id={Uri.EscapeDataString(id)}",
            (json, head) =>
            {
                var generation = head.WithCost(GenerationReader.Read(json));
                if (generation.Id.Length == 0 && generation.Status.Value.Length == 0)
                    throw new JsonException("it has neither an id nor a status");
                if (generation.Id.Length > 0 && generation.Id != id)
                    throw new JsonException("it is about another generation than the one asked for");
                generation = generation with { Id = id };
                Spending?.Observe(generation);
                return generation;
            },
            cancellationToken,
            id);

    private async Task<T> ReadOnceAsync<T>(
        string pathAndQuery, Func<JsonElement, AnswerHead, T> read, string? generationId, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadOnceAsync(pathAndQuery, read, cancellationToken).ConfigureAwait(false);
        }
        catch (WanException e)
        {
            e.GenerationId ??= generationId;
            throw;
        }
    }

    private async Task<T> ReadOnceAsync<T>(string pathAndQuery, Func<JsonElement, AnswerHead, T> read, CancellationToken cancellationToken)
    {
        var answer = await connection.GetAsync(pathAndQuery, cancellationToken).ConfigureAwait(false);
        if (!answer.Head.IsSuccess)
            throw ApiErrors.From(answer, connection.Key);
        try
        {
            using var document = answer.ParseJson();
            var result = read(document.RootElement, answer.Head);
            budget.Succeeded();
            return result;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new WanProtocolException(
                $"The service's answer ({(int)answer.Head.StatusCode}) cannot be understood: {Reason(e)}.")
            {
                RequestId = answer.Head.RequestId is { } requestId ? ServerWords.Print(requestId, connection.Key) : null,
                ResponseExcerpt = ServerWords.Print(answer.Body.Span, connection.Key),
            };
        }
    }

    // A parser's message may quote the document; where it stopped is enough.
    private static string Reason(Exception e) => e is JsonException { LineNumber: { } line, BytePositionInLine: { } position }
        ? $"it is no JSON at line {line + 1}, byte {position}"
        : e is JsonException { InnerException: null } ours ? ours.Message.TrimEnd('.') : "it holds text that is no Unicode";
}
