using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Verbs;

/// <summary>Saves a finished video over sockets: complete and under its name, or not at all.</summary>
public sealed class DownloadTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_stream_gets_the_complete_video()
    {
        await using var video = await FinishedVideo.StartAsync();
        using var destination = new MemoryStream();

        await video.Client.DownloadAsync(video.Generation, destination, cancellationToken: Cancellation);

        Assert.Equal(video.Bytes, destination.ToArray());
    }

    [Fact]
    public async Task A_video_opened_for_reading_is_complete()
    {
        await using var video = await FinishedVideo.StartAsync();
        using var destination = new MemoryStream();

        await using (var source = await video.Client.OpenReadAsync(video.Generation, cancellationToken: Cancellation))
            await source.CopyToAsync(destination, Cancellation);

        Assert.Equal(video.Bytes, destination.ToArray());
    }

    [Fact]
    public async Task A_file_is_complete_and_leaves_no_other_file()
    {
        await using var video = await FinishedVideo.StartAsync();
        var progress = new Recorder<TransferProgress>();

        await video.Client.DownloadToFileAsync(video.Generation, folder["out.mp4"], new DownloadOptions { Progress = progress }, Cancellation);

        Assert.Equal(["out.mp4"], folder.FileNames);
        Assert.Equal(video.Bytes, await File.ReadAllBytesAsync(folder["out.mp4"], Cancellation));
        Assert.Equal((video.Bytes.Length, video.Bytes.Length), (progress.Reports[^1].Bytes, progress.Reports[^1].TotalBytes));
    }

    [Fact]
    public async Task A_file_that_exists_stays_as_it_is()
    {
        await using var video = await FinishedVideo.StartAsync();
        await File.WriteAllTextAsync(folder["out.mp4"], "mine", Cancellation);

        var e = await Assert.ThrowsAsync<WanDownloadException>(
            () => video.Client.DownloadToFileAsync(video.Generation, folder["out.mp4"], cancellationToken: Cancellation));

        Assert.Equal(video.Generation.Id, e.GenerationId);
        Assert.Equal("mine", await File.ReadAllTextAsync(folder["out.mp4"], Cancellation));
    }

    [Fact]
    public async Task A_file_with_overwrite_is_replaced_only_at_the_end()
    {
        await using var video = await FinishedVideo.StartAsync();
        await File.WriteAllTextAsync(folder["out.mp4"], "mine", Cancellation);
        var seen = new Recorder<TransferProgress>(report => Assert.True(
            report.Bytes <= report.TotalBytes && File.ReadAllText(folder["out.mp4"]) == "mine"));

        await video.Client.DownloadToFileAsync(
            video.Generation, folder["out.mp4"], new DownloadOptions { Overwrite = true, Progress = seen }, Cancellation);

        Assert.NotEmpty(seen.Reports);
        Assert.Equal(video.Bytes, await File.ReadAllBytesAsync(folder["out.mp4"], Cancellation));
    }

    [Fact]
    public async Task A_directory_is_not_a_file()
    {
        await using var video = await FinishedVideo.StartAsync();
        _ = Directory.CreateDirectory(folder["out.mp4"]);

        _ = await Assert.ThrowsAsync<WanDownloadException>(
            () => video.Client.DownloadToFileAsync(video.Generation, folder["out.mp4"], new DownloadOptions { Overwrite = true }, Cancellation));

        Assert.Equal(["out.mp4"], folder.FileNames);
    }

    [Theory]
    [InlineData("out.mp4")]
    [InlineData("out.mp4.part")]
    public async Task A_symbolic_link_is_not_followed(string link)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A link needs a privilege there.");
        await using var video = await FinishedVideo.StartAsync();
        await File.WriteAllTextAsync(folder["precious"], "mine", Cancellation);
        _ = File.CreateSymbolicLink(folder[link], folder["precious"]);

        _ = await Assert.ThrowsAsync<WanDownloadException>(
            () => video.Client.DownloadToFileAsync(video.Generation, folder["out.mp4"], new DownloadOptions { Overwrite = true }, Cancellation));

        Assert.Equal("mine", await File.ReadAllTextAsync(folder["precious"], Cancellation));
    }

    [Fact]
    public async Task A_second_call_resumes_where_the_first_was_interrupted()
    {
        await using var video = await FinishedVideo.StartAsync();
        video.Emulator.Faults.Add(
            EmulatorFault.CloseAt(5000).OfBody().On(EmulatorOperations.File), EmulatorFault.Status(400).On(EmulatorOperations.File));
        _ = await Assert.ThrowsAsync<WanDownloadException>(
            () => video.Client.DownloadToFileAsync(video.Generation, folder["out.mp4"], cancellationToken: Cancellation));
        Assert.DoesNotContain("out.mp4", folder.FileNames);
        var left = new FileInfo(folder["out.mp4.part"]).Length;

        var progress = new Recorder<TransferProgress>();
        await video.NewClient().DownloadToFileAsync(video.Generation, folder["out.mp4"], new DownloadOptions { Progress = progress }, Cancellation);

        Assert.InRange(left, 1, 5000);
        Assert.True(progress.Reports[0].Bytes > left);
        Assert.Equal(206, video.Emulator.Ledger.Requests[^1].Status);
        Assert.Equal(video.Bytes, await File.ReadAllBytesAsync(folder["out.mp4"], Cancellation));
    }
}
