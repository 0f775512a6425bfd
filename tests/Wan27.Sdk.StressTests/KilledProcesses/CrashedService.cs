using System.Collections.Concurrent;
using Wan27.Sdk.CrashVictim;
using Wan27.Sdk.Emulator;

namespace Wan27.Sdk.StressTests.KilledProcesses;

/// <summary>The service that outlives its clients. It never responds to a submission whose sender is to be killed while it waits.</summary>
internal sealed class CrashedService(WanEmulator emulator, VirtualClock clock, bool isBlind) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> accepted = new();

    public WanEmulator Emulator => emulator;

    /// <summary>Whether its log omits the ids of its clients.</summary>
    public bool IsBlind => isBlind;

    public static async Task<CrashedService> StartAsync(bool isBlind, CancellationToken cancellationToken)
    {
        // The killed processes write their journals by the wall clock.
        var clock = new VirtualClock(TimeProvider.System.GetUtcNow());
        var emulator = await WanEmulator.StartAsync(
            options =>
            {
                options.TimeProvider = clock;
                options.Balance = 1_000_000;
                options.LogReadsPerMinute = int.MaxValue;
            },
            cancellationToken);
        var service = new CrashedService(emulator, clock, isBlind);
        if (isBlind)
            emulator.Faults.Add(EmulatorFault.LogRowsWithoutClientId().Always());
        emulator.Script(service.SeeAccepted, new EmulatorScript());
        return service;
    }

    /// <summary>Stops sending somewhere in the response to this submission.</summary>
    public void NeverRespond(string clientRequestId, int offset) => emulator.Faults.Add(
        EmulatorFault.StallAt(offset).On(EmulatorOperations.Submit).When(request => request.ClientRequestId == clientRequestId));

    public Task AcceptedAsync(string clientRequestId) => Acceptance(clientRequestId).Task;

    /// <summary>Waits until the headers of a submission have arrived.</summary>
    public async Task ArrivedAsync(string clientRequestId, CancellationToken cancellationToken)
    {
        while (!emulator.Ledger.Requests.Any(request => request is { Method: "POST" } && request.ClientRequestId == clientRequestId))
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
    }

    public WanVideoClient Client(string journal) => new(new WanVideoClientOptions
    {
        ApiKey = emulator.ApiKey,
        BaseAddress = emulator.BaseAddress,
        LoggerFactory = WatchedLoggers.Instance,
        TimeProvider = clock,
        AttemptTimeout = 2 * VirtualClock.LongestDelay,
        ReconciliationTimeout = TimeSpan.FromMinutes(1),
        Journal = new FileSubmissionJournal(journal),
    });

    public ValueTask DisposeAsync() => emulator.DisposeAsync();

    private bool SeeAccepted(EmulatorSubmission submission)
    {
        Acceptance(submission.ClientRequestId!).TrySetResult();
        return false;
    }

    private TaskCompletionSource Acceptance(string id) =>
        accepted.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
