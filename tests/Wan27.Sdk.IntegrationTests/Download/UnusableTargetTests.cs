using Xunit;

namespace Wan27.Sdk.IntegrationTests.Download;

/// <summary>A file that cannot be saved under its name is reported without the advice to download again, which would not help.</summary>
public sealed class UnusableTargetTests : IDisposable
{
    private readonly DownloadFixture fixture = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => fixture.Dispose();

    [Fact]
    public async Task An_existing_file()
    {
        await File.WriteAllTextAsync(fixture.Target, "mine", Cancellation);

        await AssertNoAdviceAsync(fixture.Target, "exists; set DownloadOptions.Overwrite to replace it.");
    }

    [Fact]
    public Task A_folder_of_the_same_name() => AssertNoAdviceAsync(fixture.Folder, "is a directory.");

    [Fact]
    public Task A_missing_folder() => AssertNoAdviceAsync(Path.Combine(fixture.Folder, "nowhere", "video.mp4"), "nowhere' does not exist.");

    [Fact]
    public Task A_name_that_is_too_long() => AssertNoAdviceAsync(Path.Combine(fixture.Folder, new string('v', 300)), "has 300 bytes; the limit is 255.");

    [Fact]
    public async Task A_path_that_is_too_long()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The limit is that of Linux.");

        await AssertNoAdviceAsync(fixture.Folder + string.Concat(Enumerable.Repeat("/.", 3_000)) + "/nowhere/video.mp4", "");
    }

    [Fact]
    public async Task A_video_that_exceeds_the_limit()
    {
        var e = await fixture.FailAsync(new DownloadOptions { MaxBytes = 1_000 });

        Assert.EndsWith("the limit is 1000. Generation 'gen-1' is complete.", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_fails_is_worth_another_download()
    {
        for (var i = 0; i < 10; i++)
            fixture.Host.Replies.Enqueue(VideoFileHost.Status(System.Net.HttpStatusCode.ServiceUnavailable));

        Assert.EndsWith("Generation 'gen-1' is complete; download it again.", (await fixture.FailAsync()).Message, StringComparison.Ordinal);
    }

    private async Task AssertNoAdviceAsync(string path, string reason)
    {
        var e = await Assert.ThrowsAsync<WanDownloadException>(() => fixture.Client.DownloadToFileAsync(fixture.Generation, path, cancellationToken: Cancellation));

        Assert.EndsWith($"{reason} Generation 'gen-1' is complete.", e.Message, StringComparison.Ordinal);
        Assert.Empty(fixture.Host.Requests);
    }
}
