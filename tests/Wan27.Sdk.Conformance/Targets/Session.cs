using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Wan27.Sdk.Conformance.Targets;

/// <summary>The connections to one party, and what its statements share.</summary>
internal sealed class Session : IDisposable
{
    public const string Generations = "/v2/video/generations";
    public const string ClientRequestIdHeader = "x-client-request-id";
    public const string Prompt = "A lighthouse at dusk. The lamp begins to turn.";

    private const string Json = "application/json";

    private const int ReconciliationIntervals = 30;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromMinutes(3);

    private readonly SessionSettings settings;
    private readonly ExchangeRecorder recorder;
    private readonly HttpClient http;
    private readonly HttpClient files;
    private PaidGeneration? paid;
    private RepeatedSubmission? repeated;
    private string? paidFailure;
    private decimal? exposure;

    public Session(SessionSettings settings)
    {
        this.settings = settings;
        Gate = new SpendingGate(settings.LimitUsd, settings.AllowsPosts, CreateTransport());
        recorder = new ExchangeRecorder(Gate);
        http = new HttpClient(recorder) { Timeout = Timeout.InfiniteTimeSpan };
        files = new HttpClient(CreateTransport()) { Timeout = Timeout.InfiniteTimeSpan };
        Client = new WanVideoClient(http, files, new WanVideoClientOptions
        {
            BaseAddress = settings.BaseAddress,
            ApiKey = settings.ApiKey,
            ReconciliationTimeout = settings.Interval * ReconciliationIntervals,
        });
    }

    public SpendingGate Gate { get; }

    public WanVideoClient Client { get; }

    public IReadOnlyList<Exchange> Exchanges => recorder.Exchanges;

    public string ApiAuthority => settings.BaseAddress.Authority;

    public string? EmptyAccountKey => settings.EmptyAccountKey;

    public Exchange LastExchange => recorder.Exchanges[^1];

    /// <summary>Sends a GET to the API.</summary>
    /// <param name="path">The path and the query.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <param name="key">The key; null for the key of the run, empty for none.</param>
    /// <param name="headers">More headers.</param>
    public Task<Exchange> GetAsync(
        string path, CancellationToken cancellationToken, string? key = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, key, headers, cancellationToken);

    public Task<Exchange> ReadGenerationAsync(string id, CancellationToken cancellationToken) =>
        GetAsync($"{Generations}?generation_id={Uri.EscapeDataString(id)}", cancellationToken);

    public Task<Exchange> DeleteAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Delete, path, null, null, [], cancellationToken);

    /// <summary>Sends a submission that the service must refuse.</summary>
    public Task<Exchange> SubmitRefusedAsync(JsonObject body, CancellationToken cancellationToken, string? key = null) =>
        SubmitRefusedAsync(JsonContent.Create(body), cancellationToken, key);

    /// <inheritdoc cref="SubmitRefusedAsync(JsonObject, CancellationToken, string)"/>
    public async Task<Exchange> SubmitRefusedAsync(
        HttpContent body, CancellationToken cancellationToken, string? key = null, params (string Name, string Value)[] headers)
    {
        Gate.Permit(0, await GetExposureAsync(cancellationToken));
        return await SendAsync(HttpMethod.Post, Generations, body, key, headers, cancellationToken);
    }

    /// <summary>Sends a submission that costs money, under an id that is also its idempotency key.</summary>
    public Task<Exchange> SubmitPaidAsync(byte[] body, decimal usd, string clientRequestId, CancellationToken cancellationToken)
    {
        Gate.Permit(usd, usd, clientRequestId);
        (string, string)[] headers = [(ClientRequestIdHeader, clientRequestId)];
        return SendAsync(HttpMethod.Post, Generations, CreateContent(body), null, headers, cancellationToken);
    }

    /// <summary>Reads a file as the client does: without the key, and without following redirects.</summary>
    public async Task<Exchange> GetFileAsync(Uri address, CancellationToken cancellationToken, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await files.SendAsync(request, cancellationToken);
        return new Exchange
        {
            Method = "GET",
            Address = address.AbsolutePath,
            Status = (int)response.StatusCode,
            Headers = response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).ToDictionary(
                header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
            Body = await response.Content.ReadAsByteArrayAsync(cancellationToken),
        };
    }

    /// <summary>Pauses between two reads of the same resource.</summary>
    public Task PauseAsync(CancellationToken cancellationToken) =>
        settings.Interval > TimeSpan.Zero ? Task.Delay(settings.Interval, cancellationToken) : Task.CompletedTask;

    /// <summary>Returns the paid generation, which is run once.</summary>
    public async Task<PaidGeneration> GetPaidGenerationAsync(CancellationToken cancellationToken)
    {
        if (paidFailure is not null)
            throw new NotRunException(paidFailure);
        try
        {
            return paid ??= await PaidGeneration.RunAsync(this, cancellationToken);
        }
        catch (Exception e)
        {
            paidFailure = e is NotRunException ? e.Message : "see the first paid statement";
            throw;
        }
    }

    public async Task<RepeatedSubmission> GetRepeatedSubmissionAsync(CancellationToken cancellationToken) =>
        repeated ??= await RepeatedSubmission.RunAsync(this, await GetPaidGenerationAsync(cancellationToken), cancellationToken);

    /// <summary>Returns the cheapest request whose price is known.</summary>
    public async Task<PricedRequest> FindCheapestAsync(CancellationToken cancellationToken) =>
        await PricedRequest.FindCheapestAsync(Client, cancellationToken) ?? throw new NotRunException("the prices are not known");

    public void Dispose()
    {
        Client.Dispose();
        http.Dispose();
        files.Dispose();
    }

    private static SocketsHttpHandler CreateTransport() => new() { AllowAutoRedirect = false, UseCookies = false };

    private static ByteArrayContent CreateContent(byte[] body) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue(Json) } };

    // What a submission costs at most if the service accepts it although it must not: the settings of the probes are the cheapest.
    private async Task<decimal> GetExposureAsync(CancellationToken cancellationToken) =>
        exposure ??= await PricedRequest.FindExposureAsync(Client, cancellationToken) ?? throw new NotRunException("the prices are not known");

    private async Task<Exchange> SendAsync(
        HttpMethod method,
        string path,
        HttpContent? body,
        string? key,
        (string Name, string Value)[] headers,
        CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(RequestTimeout);
        using var request = new HttpRequestMessage(method, new Uri(settings.BaseAddress, path));
        request.Content = body;
        if ((key ?? settings.ApiKey) is { Length: > 0 } used)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", used);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var _ = await http.SendAsync(request, timeout.Token);
        return LastExchange;
    }
}
