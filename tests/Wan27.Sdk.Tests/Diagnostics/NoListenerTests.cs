using Wan27.Sdk.Diagnostics;

namespace Wan27.Sdk.Tests.Diagnostics;

/// <summary>Counts allocated bytes while there is no listener.</summary>
[CollectionDefinition(nameof(NoListenerTests), DisableParallelization = true)]
[Collection(nameof(NoListenerTests))]
public sealed class NoListenerTests : IDisposable
{
    private readonly IDisposable silence = SuiteListener.Pause();

    public void Dispose() => silence.Dispose();

    [Fact]
    public void Without_a_listener_telemetry_of_a_poll_allocates_nothing()
    {
        var telemetry = new ClientTelemetry(new WanVideoClientOptions { ApiKey = "k" });
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.aimlapi.com/v2/video/generations?generation_id=gen-1");
        using var response = new HttpResponseMessage();
        var fault = new WanConnectionException("no response");
        var wait = telemetry.Wait("gen-1");
        Poll();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
            Poll();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Poll()
        {
            wait.Polling("gen-1", 1);
            telemetry.Sending(request);
            telemetry.Answered(request, response);
            wait.Polled("gen-1", 1, GenerationStatus.Queued, isNew: true);
            wait.PollFailed("gen-1", 2, fault);
            telemetry.Received(65_536);
        }
    }
}
