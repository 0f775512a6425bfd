using System.Net;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests;

public sealed class Http2Tests
{
    [Fact]
    public async Task The_API_is_available_over_HTTP_2()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var client = CreateClient(fixture);

        using var response = await SubmitAsync(client);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(HttpVersion.Version20, response.Version);
        Assert.Equal("HTTP/2", fixture.Emulator.Ledger.Requests.Single().Protocol);
    }

    [Fact]
    public async Task HttpClient_sends_the_complete_body_again_after_a_refused_stream()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var client = CreateClient(fixture);
        fixture.Emulator.Faults.Add(EmulatorFault.ResetStream().Always());

        _ = await Assert.ThrowsAsync<HttpRequestException>(() => SubmitAsync(client));

        // Therefore the ledger counts bodies, and a client must prevent the second one.
        Assert.True(fixture.Emulator.Ledger.CompleteSubmissionBodies > 1);
        Assert.Equal(fixture.Emulator.Ledger.CompleteSubmissionBodies, fixture.Emulator.Ledger.Submissions.Count);
    }

    [Fact]
    public async Task HttpClient_does_not_retry_after_an_internal_error_of_a_stream()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var client = CreateClient(fixture);
        fixture.Emulator.Faults.Add(EmulatorFault.ResetStream(2));

        _ = await Assert.ThrowsAsync<HttpRequestException>(() => SubmitAsync(client));

        Assert.Equal(1, fixture.Emulator.Ledger.CompleteSubmissionBodies);
        Assert.Null(fixture.Emulator.Ledger.Requests.Single().Status);
    }

    [Fact]
    public async Task HttpClient_sends_the_body_again_after_a_GOAWAY_that_excludes_the_stream()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var client = CreateClient(fixture);
        fixture.Emulator.Faults.Add(EmulatorFault.GoAway());

        using var response = await SubmitAsync(client);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(2, fixture.Emulator.Ledger.CompleteSubmissionBodies);
    }

    private static HttpClient CreateClient(EmulatorFixture fixture)
    {
        var client = new HttpClient
        {
            BaseAddress = fixture.Emulator.Http2BaseAddress,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        client.DefaultRequestHeaders.Authorization = new("Bearer", fixture.Emulator.ApiKey);
        return client;
    }

    private static async Task<HttpResponseMessage> SubmitAsync(HttpClient client)
    {
        using var content = new StringContent(EmulatorFixture.TextToVideo);
        var address = new Uri("v2/video/generations", UriKind.Relative);
        return await client.PostAsync(address, content, TestContext.Current.CancellationToken);
    }
}
