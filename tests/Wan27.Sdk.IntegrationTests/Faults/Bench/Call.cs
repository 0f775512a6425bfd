namespace Wan27.Sdk.IntegrationTests.Faults.Bench;

/// <summary>The methods of the client, as rows call them.</summary>
internal static class Call
{
    public static VideoGeneration Video(this FaultFixture fixture) =>
        At($"{fixture.Server.Address}video/video.mp4?signature={HostileServer.Signature}");

    public static VideoGeneration At(string url) => new()
    {
        Id = FaultFixture.GenerationId,
        Status = GenerationStatus.Completed,
        Videos = [new GeneratedVideo { Uri = new Uri(url, UriKind.RelativeOrAbsolute) }],
    };

    public static Task<VideoGeneration> Create(IWanVideoClient client, CancellationToken cancellationToken) =>
        client.CreateAsync(FaultFixture.Request, cancellationToken);

    public static Task<VideoGeneration> Get(IWanVideoClient client, CancellationToken cancellationToken) =>
        client.GetAsync(FaultFixture.GenerationId, cancellationToken);

    public static Task<VideoGeneration> Wait(IWanVideoClient client, CancellationToken cancellationToken) =>
        client.WaitAsync(FaultFixture.GenerationId, cancellationToken: cancellationToken);
}
