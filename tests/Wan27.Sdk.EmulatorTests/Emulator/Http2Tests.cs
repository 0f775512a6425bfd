using System.Net;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Emulator;

public sealed class Http2Tests
{
    [Fact]
    public async Task The_same_API_is_there_over_HTTP_2()
    {
        await using var host = await EmulatorHost.StartAsync();
        using var client = Client(host);

        using var answer = await SubmitAsync(client);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(HttpVersion.Version20, answer.Version);
        Assert.Equal("HTTP/2", host.Emulator.Ledger.Requests.Single().Protocol);
    }

    [Fact]
    public async Task A_refused_stream_makes_dotnet_send_the_whole_body_again()
    {
        await using var host = await EmulatorHost.StartAsync();
        using var client = Client(host);
        host.Emulator.Faults.Add(EmulatorFault.ResetStream().Always());

        _ = await Assert.ThrowsAsync<HttpRequestException>(() => SubmitAsync(client));

        // Which is why the ledger counts bodies, and why a client has to see to it that there is one.
        Assert.True(host.Emulator.Ledger.CompleteSubmissionBodies > 1);
        Assert.Equal(host.Emulator.Ledger.CompleteSubmissionBodies, host.Emulator.Ledger.Submissions.Count);
    }

    [Fact]
    public async Task An_internal_error_of_a_stream_is_not_repeated()
    {
        await using var host = await EmulatorHost.StartAsync();
        using var client = Client(host);
        host.Emulator.Faults.Add(EmulatorFault.ResetStream(2));

        _ = await Assert.ThrowsAsync<HttpRequestException>(() => SubmitAsync(client));

        Assert.Equal(1, host.Emulator.Ledger.CompleteSubmissionBodies);
        Assert.Null(host.Emulator.Ledger.Requests.Single().Status);
    }

    [Fact]
    public async Task A_go_away_that_denies_the_stream_makes_dotnet_send_it_again()
    {
        await using var host = await EmulatorHost.StartAsync();
        using var client = Client(host);
        host.Emulator.Faults.Add(EmulatorFault.GoAway());

        using var answer = await SubmitAsync(client);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(2, host.Emulator.Ledger.CompleteSubmissionBodies);
    }

    private static HttpClient Client(EmulatorHost host)
    {
        var client = new HttpClient
        {
            BaseAddress = host.Emulator.Http2BaseAddress,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        client.DefaultRequestHeaders.Authorization = new("Bearer", host.Emulator.ApiKey);
        return client;
    }

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient client)
    {
        using var content = new StringContent(EmulatorHost.TextToVideo);
        return await client.PostAsync(new Uri("v2/video/generations", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }
}
