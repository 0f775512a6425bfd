using Xunit;

namespace Wan27.Sdk.IntegrationTests.Download;

public sealed class DownloadedFileTests : IDisposable
{
    private readonly DownloadFixture fixture = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task A_video_has_its_name_only_when_it_is_complete()
    {
        var seen = new List<string>();
        var options = new DownloadOptions
        {
            Progress = new Recorder<TransferProgress>(_ => seen.AddRange(File.Exists(fixture.Target) ? ["final"] : ["part"])),
        };

        await fixture.DownloadAsync(options);

        fixture.AssertComplete();
        Assert.DoesNotContain("final", seen);
        Assert.Contains("part", seen);
    }

    [Fact]
    public async Task A_second_download_of_the_same_file_is_an_error_and_does_not_disturb_the_first()
    {
        Task<WanDownloadException>? second = null;
        var options = new DownloadOptions { Progress = new Recorder<TransferProgress>(_ => second ??= fixture.FailAsync()) };

        await fixture.DownloadAsync(options);

        Assert.Contains(fixture.Part, (await second!).Message, StringComparison.Ordinal);
        fixture.AssertComplete();
    }

    [Fact]
    public async Task Concurrent_downloads_of_the_same_file_do_not_corrupt_it()
    {
        for (var round = 0; round < 30; round++)
        {
            var options = new DownloadOptions { Overwrite = round % 2 == 0 };
            var all = Enumerable.Range(0, 8).Select(_ => Task.Run(() => fixture.DownloadAsync(options), Cancellation)).ToList();
            await Task.WhenAll(all).ContinueWith(_ => { }, Cancellation, TaskContinuationOptions.None, TaskScheduler.Default);

            Assert.Contains(all, task => task.IsCompletedSuccessfully);
            Assert.All(all.Where(task => task.IsFaulted), task => Assert.IsType<WanDownloadException>(task.Exception!.InnerException));
            Assert.True((await File.ReadAllBytesAsync(fixture.Target, Cancellation)).AsSpan().SequenceEqual(fixture.Host.Video));
            File.Delete(fixture.Target);
        }
    }

    [Fact]
    public async Task An_existing_file_is_an_error_unless_overwriting_is_asked_for()
    {
        await File.WriteAllTextAsync(fixture.Target, "mine", Cancellation);

        var failure = await fixture.FailAsync();

        Assert.Contains(fixture.Target, failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(DownloadOptions.Overwrite), failure.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(fixture.Target, Cancellation));
        Assert.Empty(fixture.Host.Requests);

        await fixture.DownloadAsync(new DownloadOptions { Overwrite = true });
        fixture.AssertComplete();
    }

    [Fact]
    public async Task A_file_that_appears_during_the_download_is_not_replaced()
    {
        var options = new DownloadOptions { Progress = new Recorder<TransferProgress>(_ => File.WriteAllText(fixture.Target, "mine")) };

        _ = await fixture.FailAsync(options);

        Assert.Equal("mine", await File.ReadAllTextAsync(fixture.Target, Cancellation));
    }

    [Theory]
    [InlineData("video.mp4")]
    [InlineData("video.mp4.part")]
    [InlineData("video.mp4.part.tag")]
    public async Task A_symbolic_link_is_not_followed(string name)
    {
        var elsewhere = Path.Combine(fixture.Folder, "elsewhere");
        await File.WriteAllTextAsync(elsewhere, "mine", Cancellation);
        File.CreateSymbolicLink(Path.Combine(fixture.Folder, name), elsewhere);

        var failure = await fixture.FailAsync(new DownloadOptions { Overwrite = true });

        Assert.Contains("symbolic link", failure.Message, StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(elsewhere, Cancellation));
    }

    [Fact]
    public async Task A_broken_symbolic_link_is_not_followed()
    {
        File.CreateSymbolicLink(fixture.Part, Path.Combine(fixture.Folder, "nowhere"));

        _ = await fixture.FailAsync();

        Assert.Equal(["video.mp4.part"], fixture.FileNames);
    }

    [Fact]
    public async Task A_folder_is_not_a_file()
    {
        Directory.CreateDirectory(fixture.Target);

        Assert.Contains("is a directory", (await fixture.FailAsync(new DownloadOptions { Overwrite = true })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "No user can create files in /sys, including the superuser.");
        var failure = await Assert.ThrowsAsync<WanDownloadException>(() =>
            fixture.Client.DownloadToFileAsync(fixture.Generation, "/sys/video.mp4", cancellationToken: Cancellation));

        Assert.Contains("/sys/video.mp4.part", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_folder_is_named()
    {
        var path = Path.Combine(fixture.Folder, "no", "video.mp4");

        var failure = await Assert.ThrowsAsync<WanDownloadException>(() =>
            fixture.Client.DownloadToFileAsync(fixture.Generation, path, cancellationToken: Cancellation));

        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
    }
}
