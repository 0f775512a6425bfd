using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Wan27.Sdk.Emulator;
using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Wan27.Sdk.IntegrationTests.Money.HostMatrix;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Money;

/// <summary>Responses before the end of an upload, over HTTP/1.1 and HTTP/2.</summary>
public sealed class EarlyResponseTests
{
    private const int ImageLength = 15 * 1024 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(413)]
    public async Task A_refusal_arrives_before_the_upload(int status)
    {
        await using var server = new EarlyServer(readFirst: 0, $"HTTP/1.1 {status} Status\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{{}}");

        var error = await Assert.ThrowsAsync<WanApiException>(() => SubmitAsync(server.Address));

        Assert.Equal((status, 0), ((int)error.StatusCode, server.BodyLength));
    }

    [Fact]
    public async Task A_refusal_in_the_middle_of_the_upload_is_used_even_if_the_connection_then_breaks()
    {
        const int ReadFirst = 3_000_000;
        await using var server = new EarlyServer(ReadFirst, "HTTP/1.1 413 Status\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}");

        var error = await Assert.ThrowsAsync<WanApiException>(() => SubmitAsync(server.Address));

        Assert.Equal(413, (int)error.StatusCode);
        Assert.InRange(server.BodyLength, ReadFirst, ImageLength);
    }

    [Fact]
    public async Task A_service_that_does_not_ask_for_the_body_gets_it_after_a_second()
    {
        await using var server = new HostileServer(new FaultClock());

        await SubmitAsync(server.Address);

        Assert.Equal("100-continue", server.Requests[0].Header("Expect"));
        Assert.Equal((1, 1), (server.Requests.Count, server.CompleteSubmissions));
    }

    [Fact]
    public async Task Over_HTTP_2_a_refusal_arrives_before_the_upload()
    {
        await using var emulator = await WanEmulator.StartAsync(cancellationToken: Cancellation);

        var error = await Assert.ThrowsAsync<WanApiException>(() => SubmitAsync(emulator.Http2BaseAddress, isHttp2: true));

        Assert.Equal(HttpStatusCode.Unauthorized, error.StatusCode);
        Assert.Equal(0, Assert.Single(emulator.Ledger.Requests).BodyLength);
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http2)]
    public async Task A_request_that_is_reset_in_its_body_was_not_submitted(HttpProtocols protocol)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = protocol));
        await using var app = builder.Build();
        var (requests, protocols) = (0, new HashSet<string>());
        app.Run(async http =>
        {
            requests++;
            protocols.Add(http.Request.Protocol);
            await http.Request.Body.ReadExactlyAsync(new byte[1_000_000], http.RequestAborted);
            http.Abort();
        });
        await app.StartAsync(Cancellation);

        var error = await Assert.ThrowsAsync<WanConnectionException>(() => SubmitAsync(new Uri(Assert.Single(app.Urls)), protocol is HttpProtocols.Http2));

        Assert.EndsWith("Nothing was submitted.", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, requests);
        Assert.Equal(protocol is HttpProtocols.Http2 ? "HTTP/2" : "HTTP/1.1", Assert.Single(protocols));
    }

    private static async Task SubmitAsync(Uri address, bool isHttp2 = false)
    {
        var image = new byte[ImageLength];
        Samples.ImageBytes.CopyTo(image, 0);
        var services = new ServiceCollection();
        var builder = services.AddWanVideoClient(options =>
        {
            (options.ApiKey, options.BaseAddress) = ("sk-canary-0123456789", address);
            options.ReconciliationTimeout = TimeSpan.Zero;
        });
        if (isHttp2)
            builder.AddHttpMessageHandler(() => new Http2Handler());
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IWanVideoClient>().CreateAsync(Samples.Image(MediaSource.FromBytes(image)), Cancellation);
    }

    /// <summary>Reads the headers and the first part of a body, responds, and closes the connection with the rest unread.</summary>
    private sealed class EarlyServer : IAsyncDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly Task serving;

        public EarlyServer(int readFirst, string response)
        {
            listener.Start();
            Address = new Uri($"http://{listener.LocalEndpoint}/");
            serving = ServeAsync(readFirst, response);
        }

        public Uri Address { get; }

        /// <summary>The bytes of the body that were read.</summary>
        public int BodyLength { get; private set; }

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        private async Task ServeAsync(int readFirst, string response)
        {
            using var socket = await listener.AcceptSocketAsync();
            listener.Stop();
            var (text, buffer) = (new StringBuilder(), new byte[64 * 1024]);
            int head;
            do
                text.Append(Encoding.Latin1.GetString(buffer, 0, await socket.ReceiveAsync(buffer)));
            while ((head = text.ToString().IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0);
            BodyLength = text.Length - head - 4;
            if (readFirst > 0)
                await socket.SendAsync("HTTP/1.1 100 Continue\r\n\r\n"u8.ToArray());
            while (BodyLength < readFirst)
                BodyLength += await socket.ReceiveAsync(buffer);
            await socket.SendAsync(Encoding.Latin1.GetBytes(response));
        }
    }
}
