using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Verbs;

/// <summary>A finished generation, its file, and a client whose idle timeouts are long enough for a busy machine.</summary>
internal sealed class FinishedVideo : IAsyncDisposable
{
    private const int Quicker = 20;

    private readonly WanFixture fixture;

    private FinishedVideo(WanFixture fixture, VideoGeneration generation, byte[] bytes) =>
        (this.fixture, Generation, Bytes) = (fixture, generation, bytes);

    public VideoGeneration Generation { get; }

    public byte[] Bytes { get; }

    public WanEmulator Emulator => fixture.Emulator;

    public WanVideoClient Client => fixture.Client;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<FinishedVideo> StartAsync()
    {
        var fixture = await WanFixture.StartAsync(Configure);
        var accepted = await fixture.Client.CreateAsync(Samples.Text(), Cancellation);
        var generation = await fixture.Client.GetAsync(accepted.Id, Cancellation);
        using var http = new HttpClient();
        return new FinishedVideo(fixture, generation, await http.GetByteArrayAsync(generation.Video!.Uri, Cancellation));
    }

    public WanVideoClient NewClient() => fixture.NewClient(Configure);

    public ValueTask DisposeAsync() => fixture.DisposeAsync();

    private static void Configure(WanVideoClientOptions options) => options.TimeProvider = new ShortClock(Quicker);
}
