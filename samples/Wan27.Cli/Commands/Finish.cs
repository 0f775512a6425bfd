using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>What follows an acceptance: the wait and the file. Whatever goes wrong here, the task is there.</summary>
internal sealed class Finish(WanVideoClient client, PollingOptions polling, FileTarget target, IWatcher watcher)
{
    /// <exception cref="UnfinishedException">The task goes on, or is complete and not saved.</exception>
    public async Task<(VideoGeneration Generation, FileInfo File)> RunAsync(VideoGeneration accepted, CancellationToken cancellationToken)
    {
        var (latest, file) = (accepted, target.Of(accepted.Id));
        if (file.Exists && !target.Overwrites)
            throw new UnfinishedException(accepted, $"'{file}' exists; choose another name or add --overwrite.") { File = FileTarget.Beside(file) };
        // A wait from a bare id does not know under which id the task was submitted.
        var generating = new Relay<GenerationProgress>(progress => watcher.Generated(progress with { ClientRequestId = accepted.ClientRequestId }));
        try
        {
            if (accepted.Status.IsPending || accepted.Video is null)
                latest = await client.WaitAsync(accepted.Id, polling, generating, cancellationToken);
            latest = latest with { ClientRequestId = accepted.ClientRequestId };
            var options = new DownloadOptions { Overwrite = target.Overwrites, Progress = new Relay<TransferProgress>(watcher.Received) };
            await client.DownloadToFileAsync(latest, file.FullName, options, cancellationToken);
        }
        catch (WanException e) when (e is not (WanGenerationFailedException or WanWaitTimeoutException) && !(IsBareId(latest) && e is WanApiException))
        {
            throw new UnfinishedException(latest, e.Message, e);
        }

        file.Refresh();
        return (latest, file);
    }

    // Whether there is such a task, the service has not told.
    private static bool IsBareId(VideoGeneration generation) => generation.Status.Value.Length == 0;
}
