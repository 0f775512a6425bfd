using Wan27.Sdk.Emulator;

namespace Wan27.Sdk.Soak;

/// <summary>The emulator as a busy service: fast, and 5 % of the requests of each phase encounter a fault.</summary>
internal static class Service
{
    public const string Key = "soak-key";

    /// <summary>The part of the requests of each phase that encounters a fault.</summary>
    public const double Rate = 0.05;

    private const EmulatorOperations Reads = EmulatorOperations.Get | EmulatorOperations.Logs;

    /// <summary>A port that is not used for outgoing connections while the service is down between two rounds.</summary>
    public static async Task<int> FreePortAsync(Random random)
    {
        while (true)
        {
            var port = random.Next(20_000, 32_000);
            try
            {
                await using var _ = await StartAsync(port, seed: 0);
                return port;
            }
            catch (IOException)
            {
                // In use: tries another one.
            }
        }
    }

    public static async Task<WanEmulator> StartAsync(int port, int seed)
    {
        var emulator = await WanEmulator.StartAsync(options =>
        {
            options.Port = port;
            options.Seed = seed;
            options.ApiKey = Key;
            options.Balance = 1_000_000m;
            options.LogReadsPerMinute = int.MaxValue;
            options.QueuedFor = TimeSpan.FromMilliseconds(10);
            options.GeneratingFor = TimeSpan.FromMilliseconds(20);
            options.LogDelay = TimeSpan.FromMilliseconds(30);
        });
        emulator.Script(submission => submission.Body.Contains(Caller.Unwanted, StringComparison.Ordinal), EmulatorScript.FailWith("moderation", "not this"));
        emulator.Faults.Add(
        [
            .. On(EmulatorOperations.Submit, [
                EmulatorFault.ResetAt(0), EmulatorFault.ResetAt(0).BeforeAccepting(), EmulatorFault.CloseAt(5).OfBody(), EmulatorFault.StallAt(30),
                EmulatorFault.Status(502).AfterAccepting(), EmulatorFault.Status(504).AfterAccepting().WithInferenceId(), EmulatorFault.Status(503),
                EmulatorFault.Status(429), EmulatorFault.Status(400), EmulatorFault.Html(), EmulatorFault.TruncateBody(12),
            ]),
            .. On(Reads, [
                EmulatorFault.Status(503), EmulatorFault.Status(429), EmulatorFault.ResetAt(30), EmulatorFault.CloseAt(0), EmulatorFault.StallAt(0),
                EmulatorFault.Html(), EmulatorFault.TruncateBody(10),
            ]),
            .. On(EmulatorOperations.File, [
                EmulatorFault.Status(503), EmulatorFault.ResetAt(3_000).OfBody(), EmulatorFault.CloseAt(500).OfBody(), EmulatorFault.StallAt(900).OfBody(),
                EmulatorFault.ExpiredUrl(), EmulatorFault.ChangedETag(), EmulatorFault.WrongLength(50), EmulatorFault.Html(),
            ]),
        ]);
        return emulator;
    }

    private static IEnumerable<EmulatorFault> On(EmulatorOperations phase, EmulatorFault[] faults) =>
        faults.Select(fault => fault.On(phase).AtRate(Rate / faults.Length));
}
