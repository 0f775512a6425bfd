using System.Diagnostics;
using System.Globalization;
using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>A disk that is really full, or really read-only, and not only for those whose permissions are checked.</summary>
public sealed class DiskTests : IDisposable
{
    private const int Page = 4096;

    private readonly TemporaryFolder folder = new();
    private readonly bool isMounted;

    public DiskTests() => isMounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Run("mount", "-t", "tmpfs", "-o", $"size={2 * Page}", "tmpfs", folder.Path);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        if (isMounted)
            _ = Run("umount", "-l", folder.Path);
        folder.Dispose();
    }

    [Fact]
    public async Task A_journal_on_a_full_disk_lets_nothing_through_and_forgets_nothing()
    {
        Assert.SkipUnless(isMounted, "No disk can be mounted here.");
        var filler = folder.File("filler", new byte[Page]);
        await using var fixture = await WanFixture.StartAsync(options => options.Journal = new FileSubmissionJournal(folder["journal.jsonl"]));
        var (bought, stopped) = (new Dictionary<string, string>(), new List<string>());

        foreach (var id in Enumerable.Range(0, 16).Select(i => string.Create(CultureInfo.InvariantCulture, $"order-{i}")))
        {
            try
            {
                bought[id] = (await fixture.Client.CreateAsync(Samples.Text(id), Cancellation)).Id;
            }
            catch (WanConfigurationException e)
            {
                Assert.Contains("nothing was sent", e.Message, StringComparison.Ordinal);
                stopped.Add(id);
            }
        }

        Assert.True(bought.Count > 0 && stopped.Count > 0);
        Assert.Equal(bought.Count, fixture.Ledger.CompleteSubmissionBodies);
        File.Delete(filler);
        var next = fixture.NewClient(options => options.Journal = new FileSubmissionJournal(folder["journal.jsonl"]));
        foreach (var (id, generation) in bought)
            Assert.Equal(generation, (await next.CreateAsync(Samples.Text(id), Cancellation)).Id);
        Assert.Equal(bought.Count, fixture.Ledger.CompleteSubmissionBodies);
        _ = await next.CreateAsync(Samples.Text(stopped[0]), Cancellation);
        Assert.Equal(bought.Count + 1, fixture.Ledger.CompleteSubmissionBodies);
    }

    [Fact]
    public async Task A_read_only_disk_is_an_error_with_the_path_before_anything_is_sent()
    {
        Assert.SkipUnless(isMounted && Run("mount", "-o", "remount,ro", folder.Path), "No disk can be mounted here.");
        await using var fixture = FaultFixture.Start(options => options.Journal = new FileSubmissionJournal(folder["journal.jsonl"]));

        var submission = await fixture.FailsAsync<WanConfigurationException>(Call.Create, TimeSpan.Zero);
        var download = await fixture.FailsAsync<WanDownloadException>(
            (client, cancellation) => client.DownloadToFileAsync(fixture.Video(), folder["video.mp4"], cancellationToken: cancellation), TimeSpan.Zero);

        Assert.Contains("nothing was sent: Read-only file system", submission.Message, StringComparison.Ordinal);
        Assert.Contains(folder["video.mp4"], download.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Server.Requests);
        Assert.Empty(folder.FileNames);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
