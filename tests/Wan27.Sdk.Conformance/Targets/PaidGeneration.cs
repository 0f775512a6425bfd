using System.Globalization;
using System.Text.Json.Nodes;

namespace Wan27.Sdk.Conformance.Targets;

/// <summary>What was observed of the generation that the run pays for, from before its submission until its row in the log.</summary>
internal sealed class PaidGeneration
{
    private const int MaxReads = 120;
    private const int MaxLogReads = 30;
    private const string Logs = "/v2/logs?period=24h&limit=100";
    private const string Transactions = "/v2/billing/transactions?limit=100";

    private PaidGeneration(PricedRequest request, string clientRequestId, string apiAuthority, decimal balanceBefore)
    {
        ApiAuthority = apiAuthority;
        Request = request;
        ClientRequestId = clientRequestId;
        BalanceBefore = balanceBefore;
    }

    public PricedRequest Request { get; }

    public string ClientRequestId { get; }

    public string ApiAuthority { get; }

    public decimal BalanceBefore { get; }

    /// <summary>Gets what the client read from the response to the submission.</summary>
    public VideoGeneration Created { get; private set; } = null!;

    public Exchange Submission { get; private set; } = null!;

    public Exchange FirstRead { get; private set; } = null!;

    public decimal BalanceAfterSubmission { get; private set; }

    /// <summary>Gets a value indicating whether the log contained the generation while it was in progress; null if it was too fast to know.</summary>
    public bool? IsLoggedInProgress { get; private set; }

    public List<string> Statuses { get; } = [];

    /// <summary>Gets the last read: of the completed generation.</summary>
    public Exchange LastRead { get; private set; } = null!;

    public VideoGeneration Finished { get; private set; } = null!;

    /// <summary>Gets the row of the log; null if none appeared.</summary>
    public JsonNode? LogRow { get; private set; }

    public int LogReads { get; private set; }

    public JsonNode? Transaction { get; private set; }

    public decimal BalanceAfter { get; private set; }

    public IReadOnlyList<VideoGeneration> Found { get; private set; } = [];

    public GenerationCost Cost { get; private set; } = new();

    /// <summary>Gets the first bytes of the file, the same under its entity tag, and the complete file.</summary>
    public Exchange? Range { get; private set; }

    public Exchange? ConditionalRange { get; private set; }

    public Exchange? StaleRange { get; private set; }

    public Exchange? File { get; private set; }

    public string? DownloadFault { get; private set; }

    public static async Task<PaidGeneration> RunAsync(Session session, CancellationToken cancellationToken)
    {
        var request = await session.FindCheapestAsync(cancellationToken);
        var clientRequestId = string.Create(CultureInfo.InvariantCulture, $"conformance-{Guid.NewGuid():N}");
        var balance = await session.Client.GetBalanceAsync(cancellationToken);
        var run = new PaidGeneration(request, clientRequestId, session.ApiAuthority, balance);
        session.Gate.Permit(request.Usd, request.Usd, clientRequestId);
        run.Created = await session.Client.CreateAsync(request.Request with { ClientRequestId = clientRequestId }, cancellationToken);
        run.Submission = session.Exchanges.Last(exchange => exchange.Method == "POST");
        await run.FollowAsync(session, cancellationToken);
        await run.ReadAccountAsync(session, cancellationToken);
        if (run.Finished.Video?.Uri is { } address)
            await run.ReadFileAsync(session, address, cancellationToken);
        return run;
    }

    private async Task FollowAsync(Session session, CancellationToken cancellationToken)
    {
        FirstRead = await session.ReadGenerationAsync(Created.Id, cancellationToken);
        BalanceAfterSubmission = await session.Client.GetBalanceAsync(cancellationToken);
        for (var read = 0; read < MaxReads; read++)
        {
            var isLogged = await FindLogRowAsync(session, cancellationToken) is not null;
            LastRead = await session.ReadGenerationAsync(Created.Id, cancellationToken);
            var status = (string?)LastRead.Json?["status"] ?? $"HTTP {LastRead.Status}";
            if (!Statuses.Contains(status))
                Statuses.Add(status);
            if (LastRead.IsSuccess && !new GenerationStatus(status).IsPending)
                break;
            // Only a row that was read before a read of a pending generation is one of a generation in progress.
            if (LastRead.IsSuccess)
                IsLoggedInProgress = IsLoggedInProgress is true || isLogged;
            await session.PauseAsync(cancellationToken);
        }

        Finished = await session.Client.GetAsync(Created.Id, cancellationToken);
    }

    private async Task ReadAccountAsync(Session session, CancellationToken cancellationToken)
    {
        while (LogRow is null && LogReads < MaxLogReads)
        {
            if (LogReads++ > 0)
                await session.PauseAsync(cancellationToken);
            LogRow = await FindLogRowAsync(session, cancellationToken);
        }

        BalanceAfter = await session.Client.GetBalanceAsync(cancellationToken);
        Transaction = await FindRowAsync(session, Transactions, "reference_id", cancellationToken);
        Cost = await session.Client.GetCostAsync(Finished, cancellationToken);
        Found = await session.Client.FindGenerationsAsync(ClientRequestId, cancellationToken);
    }

    private async Task ReadFileAsync(Session session, Uri address, CancellationToken cancellationToken)
    {
        const string Range0 = "bytes=0-99";
        File = await session.GetFileAsync(address, cancellationToken);
        Range = await session.GetFileAsync(address, cancellationToken, ("Range", Range0));
        if (Range.Header("ETag") is { } tag)
            ConditionalRange = await session.GetFileAsync(address, cancellationToken, ("Range", Range0), ("If-Range", tag));
        StaleRange = await session.GetFileAsync(address, cancellationToken, ("Range", Range0), ("If-Range", "\"another\""));
        try
        {
            await session.Client.DownloadAsync(Finished, Stream.Null, cancellationToken: cancellationToken);
        }
        catch (WanException e)
        {
            DownloadFault = e.GetType().Name;
        }
    }

    private Task<JsonNode?> FindLogRowAsync(Session session, CancellationToken cancellationToken) =>
        FindRowAsync(session, Logs, "inference_id", cancellationToken);

    private async Task<JsonNode?> FindRowAsync(Session session, string path, string field, CancellationToken cancellationToken)
    {
        var page = await session.GetAsync(path, cancellationToken);
        return (page.Json?["data"] as JsonArray)?.FirstOrDefault(row => (string?)row?[field] == Created.Id);
    }
}
