namespace Wan27.Sdk.EmulatorTests.Faults.Bench;

/// <summary>The methods of the client, as rows call them.</summary>
internal static class Call
{
    public static VideoGeneration Film(this FaultBench bench) => At($"{bench.Server.Address}film/video.mp4?signature={HostileServer.Signature}");

    public static VideoGeneration At(string url) => new()
    {
        Id = FaultBench.TaskId,
        Status = GenerationStatus.Completed,
        Videos = [new GeneratedVideo { Uri = new Uri(url, UriKind.RelativeOrAbsolute) }],
    };

    public static Task<VideoGeneration> Create(IWanVideoClient client, CancellationToken cancellationToken) =>
        client.CreateAsync(FaultBench.Request, cancellationToken);

    public static Task<VideoGeneration> Get(IWanVideoClient client, CancellationToken cancellationToken) =>
        client.GetAsync(FaultBench.TaskId, cancellationToken);

    public static Task<VideoGeneration> Wait(IWanVideoClient client, CancellationToken cancellationToken) =>
        client.WaitAsync(FaultBench.TaskId, cancellationToken: cancellationToken);
}
