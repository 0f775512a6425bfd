using Wan27.Sdk.StressTests.Downloads;
using System.Globalization;
using System.Security.Cryptography;
using Wan27.Sdk.IntegrationTests.Faults;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Download;

public sealed class FullDiskTests : IDisposable
{
    private const int Length = 2_000_000;

    private readonly TemporaryFolder folder = new();
    private readonly VideoFileServer server = new(TestVideo.Of(Length));

    private string Target => Path.Combine(folder.Path, "video.mp4");

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_full_disk_is_an_error_with_the_path_and_the_download_resumes_with_space()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Assert.SkipUnless(DownloadVictimProcess.CanMount, "No disk can be mounted here.");
        using var process = DownloadVictimProcess.StartOnGrowingDisk(512, server, Target);
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);

        Assert.True(process.ExitCode == 0, error);
        Assert.Contains(Target + ".part", error, StringComparison.Ordinal);
        var (kept, digest) = (await output).Split() is [var first, var second, ..] ? (int.Parse(first, CultureInfo.InvariantCulture), second) : (0, "");
        Assert.InRange(kept, 1, 512 * 1024);
        Assert.Equal([0, kept], server.Starts);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(server.Video)), digest, ignoreCase: true);
    }

    [Fact(Timeout = 60_000)]
    [Fault(139, "Download", "`WanDownloadException` with the path; the part is kept, and the next download resumes it")]
    public async Task A_full_disk_is_an_error_with_the_path_and_the_part_is_kept()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit is set by a shell.");
        using var process = DownloadVictimProcess.StartWithin(512, server, Target);
        var error = await process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);

        Assert.Equal(3, process.ExitCode);
        Assert.Contains(Target + ".part", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Target));
        Assert.Equal(512 * 1024, new FileInfo(Target + ".part").Length);
        Assert.Single(server.Heads);

        using var again = DownloadVictimProcess.Start(server, Target);
        await again.WaitForExitAsync(cancellation);

        Assert.Equal(0, again.ExitCode);
        Assert.Equal([0, 512 * 1024], server.Starts);
    }
}
