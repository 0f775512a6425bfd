using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>Destinations that a video cannot be written to.</summary>
public sealed class FileTests : IDisposable
{
    private const string Reported = "`WanDownloadException` with the path; download again, never submit again";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    [Fault(108, "Download", Reported)]
    public async Task A_destination_that_is_full()
    {
        await using var fixture = FaultFixture.Start();

        var error = await fixture.FailsAsync<WanDownloadException>(
            (client, token) => client.DownloadAsync(fixture.Video(), new FullStream(), cancellationToken: token), TimeSpan.Zero);

        _ = Assert.IsType<IOException>(error.InnerException);
    }

    [Fact]
    [Fault(109, "Download", Reported)]
    public Task A_folder_that_is_read_only()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "No user can create files in /sys, including the superuser.");
        return AssertReportedAsync("/sys/video.mp4");
    }

    [Fact]
    [Fault(110, "Download", Reported)]
    public Task A_folder_that_does_not_exist() => AssertReportedAsync(folder["no/video.mp4"]);

    [Fact]
    [Fault(111, "Download", Reported + "; the file stays as it is unless `Overwrite` is set")]
    public async Task A_file_that_exists()
    {
        await File.WriteAllTextAsync(folder["video.mp4"], "mine", TestContext.Current.CancellationToken);

        await AssertReportedAsync(folder["video.mp4"]);

        Assert.Equal("mine", await File.ReadAllTextAsync(folder["video.mp4"], TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("video.mp4")]
    [InlineData("video.mp4.part")]
    [InlineData("video.mp4.part.tag")]
    [Fault(112, "Download", Reported + "; not followed")]
    public async Task A_symbolic_link(string name)
    {
        _ = File.CreateSymbolicLink(folder[name], folder["elsewhere"]);

        await AssertReportedAsync(folder["video.mp4"], new DownloadOptions { Overwrite = true });

        Assert.False(File.Exists(folder["elsewhere"]));
    }

    [Fact]
    [Fault(113, "Download", Reported)]
    public Task A_directory_in_place_of_the_file()
    {
        _ = Directory.CreateDirectory(folder["video.mp4"]);
        return AssertReportedAsync(folder["video.mp4"], new DownloadOptions { Overwrite = true });
    }

    [Theory]
    [InlineData("../../../../tmp/evil.mp4")]
    [InlineData("/etc/cron.d/evil")]
    [InlineData("C:\\Windows\\evil.mp4")]
    [InlineData("CON")]
    [InlineData("video\u0000.mp4")]
    [Fault(114, "Download", "Never used: a video is written to the path that the caller gives, and nowhere else")]
    public async Task A_file_name_chosen_by_the_server(string name)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => Reply.Of(200, HostileServer.Video, $"Content-Disposition: attachment; filename=\"{name.Replace("\0", "%00", StringComparison.Ordinal)}\"");
        var video = fixture.Video() with { Videos = [fixture.Video().Video! with { FileName = name }] };

        _ = await fixture.SucceedsAsync(
            async (client, token) =>
            {
                await client.DownloadToFileAsync(video, folder["video.mp4"], cancellationToken: token);
                return true;
            },
            TimeSpan.Zero);

        Assert.Equal(["video.mp4"], folder.FileNames);
    }

    private static async Task AssertReportedAsync(string path, DownloadOptions? options = null)
    {
        await using var fixture = FaultFixture.Start();

        var error = await fixture.FailsAsync<WanDownloadException>(
            (client, token) => client.DownloadToFileAsync(fixture.Video(), path, options, token), TimeSpan.Zero);

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Server.Requests);
    }

    private sealed class FullStream : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            throw new IOException("No space left on device");
    }
}
