using Wan27.Cli.Output;

namespace Wan27.Cli.Commands;

/// <summary>Waits for an accepted generation and downloads its video. The generation exists even if this fails.</summary>
internal sealed class WaitAndDownload(WanVideoClient client, PollingOptions polling, FileTarget target, IProgressObserver observer)
{
    /// <exception cref="UnfinishedException">The generation is still running, or is complete and not saved.</exception>
    public async Task<(VideoGeneration Generation, FileInfo File)> RunAsync(VideoGeneration accepted, CancellationToken cancellationToken)
    {
        var (latest, file) = (accepted, target.For(accepted.Id));
        if (file.Exists && !target.Overwrites)
            throw new UnfinishedException(accepted, $"'{file}' exists. Choose another name or add --overwrite.") { File = FileTarget.FreeNameFor(file) };
        var generating = new SynchronousProgress<GenerationProgress>(observer.Generated);
        try
        {
            latest = await client.WaitAsync(accepted, polling, generating, cancellationToken);
            var options = new DownloadOptions { Overwrite = target.Overwrites, Progress = new SynchronousProgress<TransferProgress>(observer.Received) };
            await client.DownloadToFileAsync(latest, file.FullName, options, cancellationToken);
        }
        catch (WanException e) when (e is not (WanGenerationFailedException or WanWaitTimeoutException) && !(IsUnconfirmed(latest) && e is WanApiException { IsUnreadable: false }))
        {
            throw new UnfinishedException(latest, e.Message, e) { File = FreeNameIfTaken(file) };
        }

        file.Refresh();
        return (latest, file);
    }

    // Another download may have completed the file meanwhile.
    private string? FreeNameIfTaken(FileInfo file) => File.Exists(file.FullName) && !target.Overwrites ? FileTarget.FreeNameFor(file) : null;

    // The service has not confirmed that the generation exists.
    private static bool IsUnconfirmed(VideoGeneration generation) => generation.Status == GenerationStatus.Unknown;
}
