using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Verbs;

/// <summary>The file host receives no key, no cookie and no header that the application adds to all of its clients.</summary>
public sealed class DownloadPrivacyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_host_of_the_files_gets_neither_key_nor_cookie_nor_header_of_the_caller(bool inContainer)
    {
        await using var video = await FinishedVideo.StartAsync();
        await using var fixture = await WanFixture.StartAsync();
        await using var host = new RawServer(_ => new RawReply((byte[])[.. Head(video.Bytes.Length), .. video.Bytes]));
        fixture.Emulator.Script(EmulatorScript.RespondWith($$$"""{"id":"{id}","status":"completed","video":{"url":"{{{host.Address}}}a%2Fb.mp4?sig=a%2Bb%3D"}}"""));
        await using var services = Services(fixture);
        IWanVideoClient client = inContainer ? services.GetRequiredService<IWanVideoClient>() : fixture.Client;

        var generation = await client.GenerateAndWaitAsync(Samples.Text(), cancellationToken: Cancellation);
        for (var i = 0; i < 2; i++)
            await client.DownloadAsync(generation, Stream.Null, cancellationToken: Cancellation);

        // There are more requests if the host's close cut a response short and it was requested again.
        Assert.True(host.Requests.Count >= 2);
        foreach (var request in host.Requests)
        {
            Assert.Equal("/a%2Fb.mp4?sig=a%2Bb%3D", request.Target);
            var names = request.Head.Split("\r\n").Skip(1).Select(line => line.Split(':')[0]);
            Assert.Equal(["Host", "User-Agent"], names.Where(name => name is not ("Accept" or "Accept-Encoding")));
        }
    }

    [Fact]
    public async Task The_ledger_shows_no_key_on_any_file()
    {
        await using var fixture = await WanFixture.StartAsync();
        await using var services = Services(fixture);
        var client = services.GetRequiredService<IWanVideoClient>();
        fixture.Emulator.Faults.Add(EmulatorFault.ExpiredUrl(), EmulatorFault.CloseAt(5000).OfBody().On(EmulatorOperations.File));

        var generation = await client.GenerateAndWaitAsync(Samples.Text(), cancellationToken: Cancellation);
        await client.DownloadAsync(generation, new MemoryStream(), cancellationToken: Cancellation);

        foreach (var request in fixture.Ledger.Requests)
            Assert.Equal(request.Operation is not EmulatorOperations.File, request.HasAuthorization);
    }

    private static ServiceProvider Services(WanFixture fixture)
    {
        var services = new ServiceCollection();
        _ = services.AddTransient<HeaderAddingHandler>();
        _ = services.ConfigureHttpClientDefaults(builder => builder
            .AddHttpMessageHandler<HeaderAddingHandler>()
            .ConfigureHttpClient(http => http.DefaultRequestHeaders.Add("X-Caller-Default", "1")));
        _ = services.AddWanVideoClient(options => OptionsCopy.Copy(fixture.Options(), options));
        return services.BuildServiceProvider();
    }

    private static byte[] Head(int length) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: {length}\r\nSet-Cookie: tracked=1; Path=/\r\nConnection: close\r\n\r\n");

    private sealed class HeaderAddingHandler : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Add("X-Caller", "1");
            request.Headers.Add("Cookie", "session=1");
            request.Headers.Authorization ??= new("Basic", "Y2FsbGVyOnNlY3JldA==");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
