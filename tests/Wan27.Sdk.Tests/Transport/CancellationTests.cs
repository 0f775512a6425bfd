namespace Wan27.Sdk.Tests.Transport;

public class CancellationTests
{
    [Fact]
    public async Task A_canceled_read_has_the_token_of_its_caller()
    {
        using var caller = new CancellationTokenSource();
        using var http = new HttpClient(new HangingHandler(caller));
        using var client = new WanVideoClient(http, new WanVideoClientOptions { ApiKey = "key" });

        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.GetAsync("gen-1", caller.Token));

        Assert.Equal(caller.Token, error.CancellationToken);
    }

    /// <summary>Cancels for the caller while it waits for the service.</summary>
    private sealed class HangingHandler(CancellationTokenSource caller) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await caller.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new HttpResponseMessage();
        }
    }
}
