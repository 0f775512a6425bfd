namespace Wan27.Sdk.CrashVictim;

/// <summary>Runs a job again whose generation may have failed: the same code in the process that is killed and in the one after it.</summary>
public static class RetryVictim
{
    /// <summary>Submits the request, or its next attempt if its generation failed.</summary>
    /// <param name="client">The client.</param>
    /// <param name="clientRequestId">The id of the first attempt.</param>
    /// <param name="point">The point of the second attempt at which the process is killed; null if it is not.</param>
    public static async Task<VideoGeneration> RunAsync(IWanVideoClient client, string clientRequestId, CrashPoint? point = null)
    {
        try
        {
            return await client.CreateAsync(VictimRequest.Of(clientRequestId));
        }
        catch (WanGenerationFailedException e)
        {
            return await client.CreateAsync(VictimRequest.Of(clientRequestId, point).NextAttempt(e));
        }
    }

    internal static async Task<int> RunAsync(Uri address, string key, string journal, string clientRequestId, CrashPoint point)
    {
        _ = Task.Run(() =>
        {
            // The parent process has ended and cannot kill it.
            _ = Console.In.ReadToEnd();
            Environment.Exit(2);
        });
        var plan = new Dictionary<string, CrashPoint> { [clientRequestId] = (CrashPoint)(-1), [$"{clientRequestId}:attempt-2"] = point };
        using var client = new WanVideoClient(new WanVideoClientOptions { BaseAddress = address, ApiKey = key, Journal = new CrashingJournal(journal, plan) });
        _ = await RunAsync(client, clientRequestId, point);
        return 1;
    }
}
