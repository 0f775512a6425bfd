using Wan27.Sdk.Transport;

namespace Wan27.Sdk.StressTests.FaultedSubmits;

/// <summary>One logical submission to its own hostile server, repeated by its caller if there is a journal, and checked after each call.</summary>
internal sealed class FaultedSubmission : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly int number;
    private readonly Random random;
    private readonly VirtualClock clock = new(Start);
    private readonly TimeSpan deadline;
    private readonly HostileServer server;
    private readonly ISubmissionJournal? journal;
    private readonly TextToVideoRequest request;
    private readonly Tally tally;

    public FaultedSubmission(int seed, int number, Tally tally, ISubmissionJournal? shared = null)
    {
        this.number = number;
        this.tally = tally;
        random = new Random(unchecked((seed * 1_000_003) + number));
        deadline = TimeSpan.FromMinutes(random.Next(20) switch { 0 => 20, < 10 => 0, _ => 1 });
        server = new HostileServer(random, clock, deadline, ServerBehavior.Draw(random, deadline));
        journal = shared ?? (random.Next(4) == 0 ? FaultyJournal.Create(random, faultRate: random.Next(2) * 0.2) : null);
        request = new TextToVideoRequest { Prompt = "a lighthouse", ClientRequestId = Id() };
    }

    /// <summary>The caller's own id, or an id of the client: the latter contains its creation time and the former does not.</summary>
    private string Id() => random.Next(2) == 0 ? $"order-{number:D6}.a" : VideoGenerationRequest.NewClientRequestId(clock);

    public async Task RunAsync()
    {
        var calls = journal is null ? 1 : random.Next(2, 4);
        CallOutcome outcome;
        do
        {
            outcome = await CallAsync();
            Judge(outcome);
            clock.Advance(TimeSpan.FromSeconds(random.Next(600)));
        }
        while (--calls > 0);

        if (outcome.IsUnknown)
            await RecoverLaterAsync();
        tally.Add("submissions");
        tally.Add(server.Ledger);
    }

    public void Dispose() => server.Dispose();

    private async Task<CallOutcome> CallAsync()
    {
        using var client = Client();
        return await CallOutcome.OfAsync(() => client.CreateAsync(request));
    }

    /// <summary>The same in another process when all rows have appeared.</summary>
    private async Task RecoverLaterAsync()
    {
        if (server.Ledger.Accepted is [{ } accepted] && accepted.ListedFrom == DateTimeOffset.MaxValue)
            return;
        clock.Advance(deadline + TimeSpan.FromHours(2));
        server.IsRecovered = true;
        using var client = Client();
        var found = await client.FindGenerationsAsync(request.ClientRequestId!);
        if (!found.Select(generation => generation.Id).SequenceEqual(server.Ledger.Accepted.Select(accepted => accepted.Id)))
            Complain($"recovered {found.Count} generations of {server.Ledger.Accepted.Count}");
        tally.Add("recovered later", found.Count);
    }

    private WanVideoClient Client()
    {
        var options = new WanVideoClientOptions
        {
            ApiKey = "secret-key",
            LoggerFactory = WatchedLoggers.Instance,
            TimeProvider = clock,
            AttemptTimeout = 2 * VirtualClock.LongestDelay,
            ReconciliationTimeout = deadline,
            Journal = journal,
        };
        var credentials = Credentials.From(options);
        var http = HttpTransport.Client(new SendOnceHandler(credentials, server) { IsAlone = () => true });
        return new WanVideoClient(options, new HttpClients(() => http, () => http, credentials, IsGuarded: true, []));
    }

    private void Judge(CallOutcome outcome)
    {
        tally.Add("calls");
        tally.Add(outcome);
        if (outcome.FindContradiction(server.Ledger, request.ClientRequestId!, clock.GetUtcNow()) is { } contradiction)
            Complain($"{contradiction} ({outcome.Error?.Message})");
    }

    private void Complain(string contradiction) => tally.Contradictions.Add($"submission {number}: {contradiction}");
}
