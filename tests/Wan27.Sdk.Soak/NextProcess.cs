namespace Wan27.Sdk.Soak;

/// <summary>The process after that of a round: resumes the entries of the journal until nothing more is found.</summary>
internal sealed class NextProcess(WanVideoClient client, string folder, KnownGenerations known, Tally tally)
{
    /// <summary>A search may encounter faults of its own; after so many without a result, nothing is left to be found.</summary>
    private const int Passes = 3;

    public async Task RunAsync()
    {
        for (var inVain = 0; inVain < Passes;)
            inVain = await ResumeAsync() ? 0 : inVain + 1;
    }

    private async Task<bool> ResumeAsync()
    {
        var found = false;
        await foreach (var outcome in client.FindPendingAsync())
        {
            if (outcome.Generation is not { } generation)
                continue;
            found = true;
            tally.Add("resumed by the next process");
            known.Add(outcome.ClientRequestId!, generation.Id);
            if (outcome.Error is null)
                await new VideoDownload(folder, outcome.ClientRequestId!).FinishAsync(client, generation, tally);
        }

        return found;
    }
}
