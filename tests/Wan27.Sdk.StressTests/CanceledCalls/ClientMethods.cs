namespace Wan27.Sdk.StressTests.CanceledCalls;

/// <summary>All methods of a client, in each variant that awaits something different.</summary>
internal static class ClientMethods
{
    private const string Id = SuspendingService.GenerationId;

    private static readonly Lazy<Task<string>> Fingerprint = new(FingerprintAsync);

    public static Dictionary<string, Func<Scene, Task>> All { get; } = new()
    {
        ["Create from memory"] = scene => scene.Client.CreateAsync(Scene.Request(), scene.Token),
        ["Create from a file"] = scene => scene.Client.CreateAsync(Scene.Request(MediaSource.FromFile(WriteImage(scene))), scene.Token),
        ["Create from a stream"] = scene => scene.Client.CreateAsync(Scene.Request(scene.Stream(canSeek: true)), scene.Token),
        ["Create from a stream that cannot seek"] = scene => scene.Client.CreateAsync(Scene.Request(scene.Stream(canSeek: false)), scene.Token),
        ["Create, resumed by id"] = async scene => await (await ResumableAsync(scene, SubmissionState.Accepted)).CreateAsync(Scene.Request(), scene.Token),
        ["Create, resumed by the log"] = async scene => await (await ResumableAsync(scene, SubmissionState.Intended)).CreateAsync(Scene.Request(), scene.Token),
        ["Get"] = scene => scene.Client.GetAsync(Id, scene.Token),
        ["Wait"] = scene => scene.Client.WaitAsync(Id, cancellationToken: scene.Token),
        ["Watch"] = scene => DrainAsync(scene.Client.WatchAsync(Id, cancellationToken: scene.Token)),
        ["GenerateAndWait"] = scene => scene.Client.GenerateAndWaitAsync(Scene.Request(), cancellationToken: scene.Token),
        ["GenerateMany"] = scene => DrainAsync(scene.Client.GenerateManyAsync([Scene.Request()], 2, cancellationToken: scene.Token)),
        ["Download"] = scene => Finished(scene).DownloadAsync(
            Video.Generation, new SuspendingStream("the destination", [], scene.Suspensions), cancellationToken: scene.Token),
        ["DownloadToFile"] = scene => Finished(scene).DownloadToFileAsync(
            Video.Generation, Path.Combine(scene.Folder, Path.GetRandomFileName()), cancellationToken: scene.Token),
        ["OpenRead"] = ReadAllAsync,
        ["Recover"] = scene => scene.Client.FindGenerationsAsync(Scene.ClientRequestId, scene.Token),
        ["ResumePending, by id"] = async scene => await DrainAsync((await ResumableAsync(scene, SubmissionState.Accepted)).FindPendingAsync(scene.Token)),
        ["ResumePending, by the log"] = async scene => await DrainAsync((await ResumableAsync(scene, SubmissionState.Intended)).FindPendingAsync(scene.Token)),
        ["EstimateCost"] = scene => scene.Client.EstimateCostAsync(Scene.Request(), scene.Token),
        ["GetCost"] = scene => Finished(scene).GetCostAsync(Video.Generation, scene.Token),
        ["GetBalance"] = scene => scene.Client.GetBalanceAsync(scene.Token),
    };

    private static async Task DrainAsync<T>(IAsyncEnumerable<T> all)
    {
        Exception? failure = null;
        var isOver = false;
        try
        {
            await foreach (var one in all)
            {
                failure ??= (one as GenerationOutcome)?.Error;
                isOver = one is GenerationOutcome;
            }
        }
        catch (OperationCanceledException) when (isOver)
        {
            // The end of the sequence, after the outcome of the one request: that is the generation, or shows how to resume.
        }

        if (failure is not null)
            throw failure;
    }

    private static IWanVideoClient Finished(Scene scene)
    {
        scene.Service.IsFinished = true;
        return scene.Client;
    }

    private static async Task ReadAllAsync(Scene scene)
    {
        await using var video = await Finished(scene).OpenReadAsync(Video.Generation, cancellationToken: scene.Token);
        await video.CopyToAsync(Stream.Null, scene.Token);
    }

    private static string WriteImage(Scene scene)
    {
        var path = Path.Combine(scene.Folder, "image.bmp");
        if (!File.Exists(path))
            File.WriteAllBytes(path, Scene.ImageBytes);
        return path;
    }

    /// <summary>A client whose journal already contains the submission.</summary>
    private static async Task<IWanVideoClient> ResumableAsync(Scene scene, SubmissionState state)
    {
        scene.Journal.Entry = new SubmissionRecord
        {
            ClientRequestId = Scene.ClientRequestId,
            Fingerprint = await Fingerprint.Value,
            Model = ImageToVideoRequest.DefaultModel,
            State = state,
            GenerationId = state is SubmissionState.Accepted ? Id : null,
            RecordedAt = TimeProvider.System.GetUtcNow(),
        };
        return scene.Client;
    }

    /// <summary>The journal's entry for the request.</summary>
    private static async Task<string> FingerprintAsync()
    {
        using var scene = new Scene(int.MaxValue, "", losesResponse: false);
        await scene.Client.CreateAsync(Scene.Request());
        return scene.Journal.Entry!.Fingerprint;
    }
}
