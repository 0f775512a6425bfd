using System.Net;

namespace Wan27.Sdk.Tests.Transport;

public sealed class DisposedClientTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_during_which_its_client_is_disposed_reports_that(bool isSubmission)
    {
        using var transport = new PendingHandler();
        using var http = new HttpClient(transport);
        var client = new WanVideoClient(http, new WanVideoClientOptions { ApiKey = "key" });
        Task running = isSubmission
            ? client.CreateAsync(Samples.Text, TestContext.Current.CancellationToken)
            : client.GetAsync("gen-1", TestContext.Current.CancellationToken);
        await transport.Entered.Task;

        client.Dispose();
        http.Dispose();

        var error = await Assert.ThrowsAsync<WanConnectionException>(() => running);
        Assert.Contains("the client was disposed", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsUnusable);
    }

    private sealed class PendingHandler : HttpMessageHandler
    {
        public TaskCompletionSource Entered { get; } = new();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new HttpResponseMessage(HttpStatusCode.OK);
        }
    }
}
