using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Verbs;

/// <summary>How the file host can affect a download.</summary>
public sealed class DownloadFaultTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Recoverable { get; } = [.. Faults.Keys];

    private static Dictionary<string, EmulatorFault[]> Faults => new()
    {
        ["closed at the start"] = [EmulatorFault.CloseAt(0)],
        ["reset at the start"] = [EmulatorFault.ResetAt(0)],
        ["closed in the head"] = [EmulatorFault.CloseAt(40)],
        ["closed in the file"] = [EmulatorFault.CloseAt(5000).OfBody()],
        ["reset in the file"] = [EmulatorFault.ResetAt(5000).OfBody()],
        ["cut again and again"] = [EmulatorFault.CloseAt(3000).OfBody().Times(8)],
        ["announced too long"] = [EmulatorFault.WrongLength(100)],
        ["announced too short"] = [EmulatorFault.WrongLength(-100)],
        ["expired"] = [EmulatorFault.ExpiredUrl()],
        ["expired in the middle"] = [EmulatorFault.CloseAt(5000).OfBody(), EmulatorFault.ExpiredUrl()],
        ["range ignored"] = [EmulatorFault.CloseAt(5000).OfBody(), EmulatorFault.IgnoredRange()],
        ["another file in the middle"] = [EmulatorFault.CloseAt(5000).OfBody(), EmulatorFault.ChangedETag()],
        ["503"] = [EmulatorFault.Status(503).Times(3)],
        ["429"] = [EmulatorFault.Status(429, TimeSpan.FromSeconds(5))],
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Recoverable))]
    public async Task A_recoverable_fault_ends_in_the_complete_file(string fault)
    {
        await using var video = await FinishedVideo.StartAsync();
        video.Emulator.Faults.Add([.. Faults[fault].Select(one => one.On(EmulatorOperations.File))]);

        await video.Client.DownloadToFileAsync(video.Generation, folder["out.mp4"], cancellationToken: Cancellation);

        Assert.Equal(video.Bytes, await File.ReadAllBytesAsync(folder["out.mp4"], Cancellation));
        Assert.Equal(["out.mp4"], folder.FileNames);
        Assert.Empty(video.Emulator.Faults.Pending);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public async Task At_most_five_redirects_are_followed(int hops, bool arrives)
    {
        await using var video = await FinishedVideo.StartAsync();
        video.Emulator.Faults.Add(EmulatorFault.Redirect(video.Generation.Video!.Uri!, 302).On(EmulatorOperations.File).Times(hops));
        using var destination = new MemoryStream();

        var e = await Record.ExceptionAsync(() => video.Client.DownloadAsync(video.Generation, destination, cancellationToken: Cancellation));

        Assert.Equal(arrives ? null : typeof(WanDownloadException), e?.GetType());
        Assert.Equal(arrives ? video.Bytes : [], destination.ToArray());
    }

    [Fact]
    public async Task A_redirect_to_a_refused_address_is_not_followed()
    {
        await using var video = await FinishedVideo.StartAsync();
        video.Emulator.Faults.Add(EmulatorFault.Redirect(new Uri("http://169.254.169.254/latest/meta-data"), 302).On(EmulatorOperations.File));

        var e = await Assert.ThrowsAsync<WanDownloadException>(
            () => video.Client.DownloadAsync(video.Generation, Stream.Null, cancellationToken: Cancellation));

        Assert.Equal(video.Generation.Id, e.GenerationId);
    }

    [Fact]
    public async Task A_page_in_place_of_the_video_is_not_saved()
    {
        await using var video = await FinishedVideo.StartAsync();
        video.Emulator.Faults.Add(EmulatorFault.Html().On(EmulatorOperations.File).Always());

        var e = await Assert.ThrowsAsync<WanDownloadException>(
            () => video.Client.DownloadToFileAsync(video.Generation, folder["out.mp4"], cancellationToken: Cancellation));

        Assert.Equal(video.Generation.Id, e.GenerationId);
        Assert.DoesNotContain("out.mp4", folder.FileNames);
    }

    [Fact]
    public async Task A_host_that_never_sends_the_rest_is_an_error()
    {
        await using var video = await FinishedVideo.StartAsync();
        video.Emulator.Faults.Add(EmulatorFault.CloseAt(0).OfBody().On(EmulatorOperations.File).Always());

        _ = await Assert.ThrowsAsync<WanDownloadException>(
            () => video.Client.DownloadToFileAsync(video.Generation, folder["out.mp4"], cancellationToken: Cancellation));

        Assert.DoesNotContain("out.mp4", folder.FileNames);
        Assert.InRange(video.Emulator.Ledger.Requests.Count(request => request.Operation is EmulatorOperations.File), 3, 8);
    }
}
