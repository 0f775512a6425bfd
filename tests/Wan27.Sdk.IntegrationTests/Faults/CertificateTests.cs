using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>TLS with ALPN and certificates of an authority that the client trusts, whose names contain secrets.</summary>
public sealed class CertificateTests : IDisposable
{
    // As a peer could repeat the key or a signed query in it.
    private const string Name = $"{Secrets.Canary}-of-a-certificate";

    private readonly TestAuthority authority = new();
    private readonly ConcurrentQueue<string> spans = new();
    private readonly ActivityListener listener;

    public CertificateTests()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span => spans.Enqueue(string.Join(' ', [
                span.DisplayName, span.StatusDescription, TelemetryCapture.Print(span.TagObjects), .. span.Events.Select(one => one.Name + TelemetryCapture.Print(one.Tags))])),
        };
        ActivitySource.AddActivityListener(listener);
    }

    public void Dispose()
    {
        listener.Dispose();
        authority.Dispose();
    }

    public enum Defect
    {
        Expired,
        OtherHost,
        Untrusted,
    }

    [Theory]
    [InlineData(Defect.Expired)]
    [InlineData(Defect.OtherHost)]
    [InlineData(Defect.Untrusted)]
    public async Task An_invalid_certificate_is_refused_once_and_its_names_are_not_repeated(Defect defect)
    {
        using var certificate = Invalid(defect);
        await using var server = new Http2Server(() => certificate);
        await using var fixture = FaultFixture.Over(server, configure: authority.Trust);
        using var folder = new TemporaryFolder();

        var submission = await fixture.FailsAsync<WanConnectionException>(Call.Create, TimeSpan.Zero);
        var read = await fixture.FailsAsync<WanConnectionException>(Call.Get, TimeSpan.Zero);
        var download = await fixture.FailsAsync<WanDownloadException>(Download(server, folder), TimeSpan.Zero);

        Assert.True(submission.IsTlsFailure && read.IsTlsFailure);
        Assert.Contains("certificate of the file host localhost is not valid", download.Message, StringComparison.Ordinal);
        Assert.Equal(("order-1", FaultFixture.GenerationId), (submission.ClientRequestId, download.GenerationId));
        Assert.Equal((3, 0), (server.Connections, server.Exchanges.Count));
        Assert.DoesNotContain("video.mp4", folder.FileNames);
        Assert.DoesNotContain(spans, span => span.Contains(Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_certificate_that_becomes_invalid_ends_a_download_which_resumes_with_a_valid_one()
    {
        using var valid = authority.Issue(Name, "localhost", expired: false);
        using var invalid = Invalid(Defect.Expired);
        var certificate = valid;
        await using var server = new Http2Server(() => certificate);
        server.OnVideo = async exchange =>
        {
            if (exchange != server.Exchanges[0])
            {
                await exchange.SendVideoAsync();
                return;
            }

            await exchange.SendVideoAsync(breakAt: 30_000);
            certificate = invalid;
            exchange.Connection.Close(isReset: false);
        };
        await using var fixture = FaultFixture.Over(server, configure: authority.Trust);
        using var folder = new TemporaryFolder();

        _ = await fixture.FailsAsync<WanDownloadException>(Download(server, folder), FaultFixture.Retries);
        var kept = folder.FileNames.ToList();
        certificate = valid;
        await fixture.SucceedsAsync(
            async (client, cancellation) =>
            {
                await Download(server, folder)(client, cancellation);
                return true;
            },
            TimeSpan.Zero);

        Assert.Contains("video.mp4.part", kept);
        Assert.DoesNotContain("video.mp4", kept);
        Assert.Equal(["video.mp4"], folder.FileNames);
        Assert.Equal(HostileServer.Video, await File.ReadAllBytesAsync(folder["video.mp4"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_certificate_that_becomes_invalid_after_the_submission_leaves_its_id()
    {
        using var valid = authority.Issue(Name, "localhost", expired: false);
        using var invalid = Invalid(Defect.Expired);
        var certificate = valid;
        await using var server = new Http2Server(() => certificate);
        server.OnSubmission = async exchange =>
        {
            if (!await exchange.ReadBodyAsync())
                return;
            certificate = invalid;
            exchange.Connection.Close(isReset: true);
        };
        await using var fixture = FaultFixture.Over(server, configure: authority.Trust);

        var error = await fixture.FailsAsync<WanSubmissionUnknownException>(Call.Create, FaultFixture.Search);

        Assert.Equal(("order-1", 1), (error.ClientRequestId, server.CompleteSubmissions));
        Assert.Contains("certificate", error.Message, StringComparison.Ordinal);
    }

    private static Func<IWanVideoClient, CancellationToken, Task> Download(Http2Server server, TemporaryFolder folder) => (client, cancellation) =>
        client.DownloadToFileAsync(Call.At($"{server.Address}video/1.mp4?signature={HostileServer.Signature}"), folder["video.mp4"], cancellationToken: cancellation);

    private X509Certificate2 Invalid(Defect defect)
    {
        using var other = new TestAuthority();
        return defect switch
        {
            Defect.Expired => authority.Issue(Name, "localhost", expired: true),
            Defect.OtherHost => authority.Issue(Name, $"{Name}.example", expired: false),
            _ => other.Issue(Name, "localhost", expired: false),
        };
    }
}
