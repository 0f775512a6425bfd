using Wan27.Sdk.Emulator;

namespace Wan27.Sdk.StressTests.FaultedSubmits;

/// <summary>An emulator on a virtual clock, and its record of each submission.</summary>
internal sealed class SocketServer(WanEmulator emulator, VirtualClock clock, TimeSpan? logDelay) : IAsyncDisposable
{
    public WanEmulator Emulator => emulator;

    public VirtualClock Clock => clock;

    /// <param name="seed">The seed of the faults.</param>
    /// <param name="logDelay">The delay of the log's rows; null: they never contain the client's id.</param>
    public static async Task<SocketServer> StartAsync(int seed, TimeSpan? logDelay)
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
        var emulator = await WanEmulator.StartAsync(options =>
        {
            options.TimeProvider = clock;
            options.Seed = seed;
            options.Balance = 1_000_000;
            options.LogDelay = logDelay ?? TimeSpan.Zero;
        });
        if (logDelay is null)
            emulator.Faults.Add(EmulatorFault.LogRowsWithoutClientId().Always());
        emulator.Faults.Add(SocketRates.Submissions(emulator));
        emulator.Faults.Add(SocketRates.OfReads());
        return new SocketServer(emulator, clock, logDelay);
    }

    /// <summary>Every paid request, by the id of the client.</summary>
    public ILookup<string, EmulatorRequest> Posts() => emulator.Ledger.Requests
        .Where(request => request.Method == "POST")
        .ToLookup(request => request.ClientRequestId!);

    /// <summary>The outcomes of the requests.</summary>
    public ServerLedger LedgerOf(IEnumerable<EmulatorRequest> requests)
    {
        var ledger = new ServerLedger();
        foreach (var request in requests)
        {
            ledger.Posts++;
            if (request.BodyLength > 0)
                ledger.BodyBegan();
            if (request.IsBodyComplete)
                ledger.BodyArrived();
            if (request.GenerationId is { } id)
                ledger.Accepted.Add(
                    new AcceptedGeneration(id, request.ClientRequestId!, request.ReceivedAt, request.ReceivedAt, ListedFrom(request)));
            else if (request.Status is 400 or 401 or 429 or 307 or 308)
                ledger.Refused();
        }

        return ledger;
    }

    public ValueTask DisposeAsync() => emulator.DisposeAsync();

    private DateTimeOffset ListedFrom(EmulatorRequest request) => logDelay is { } delay ? request.ReceivedAt + delay : DateTimeOffset.MaxValue;
}
