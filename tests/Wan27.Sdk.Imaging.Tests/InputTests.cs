using System.Diagnostics;

namespace Wan27.Sdk.Imaging.Tests;

public sealed class InputTests
{
    [Fact]
    public async Task A_file_is_prepared_by_its_content_and_not_by_its_name()
    {
        using var folder = new TemporaryFolder();

        var prepared = await MediaImage.PrepareAsync(folder.File("photo.jpg", TestImages.File(MagickFormat.Png)), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("PNG", prepared.Report.SourceFormat);
    }

    // ImageMagick reads a prefix of a name as a decoder, and other characters as a list of images.
    [Theory]
    [InlineData("svg:photo.png")]
    [InlineData("photo[0].png")]
    [InlineData("%d.png")]
    [InlineData("@photo.png")]
    public async Task A_name_is_never_an_instruction(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() && name.Contains(':', StringComparison.Ordinal), "Windows has no such names.");
        using var folder = new TemporaryFolder();

        var prepared = await MediaImage.PrepareAsync(folder.File(name, TestImages.File(MagickFormat.Png)), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(TestImages.Quarters, TestImages.Colors(prepared));
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_named_with_the_reason()
    {
        using var folder = new TemporaryFolder();
        folder.File("empty.png", []);
        folder.File("notes.txt", "Buy milk."u8.ToArray());

        Assert.Equal("'missing.png' does not exist", await RefusalAsync(folder["missing.png"]));
        Assert.Equal("'photo.png' does not exist", await RefusalAsync(folder["missing/photo.png"]));
        Assert.Equal($"'{Path.GetFileName(folder.Path)}' is a directory", await RefusalAsync(folder.Path));
        Assert.StartsWith("'empty.png' is empty", await RefusalAsync(folder["empty.png"]), StringComparison.Ordinal);
        Assert.StartsWith("'notes.txt' is not an image of a format", await RefusalAsync(folder["notes.txt"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_named_pipe_without_a_writer_is_refused_at_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such files.");
        using var folder = new TemporaryFolder();
        using (var process = Process.Start("mkfifo", folder["pipe"]))
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        var message = await RefusalAsync(folder["pipe"]).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);

        Assert.Contains("is a named pipe or a device", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_is_read_from_its_position_and_stays_open()
    {
        using var stream = new MemoryStream([1, 2, 3, .. TestImages.File(MagickFormat.Png)]) { Position = 3 };

        await MediaImage.PrepareAsync(stream, cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(stream.CanRead);
        Assert.Equal("is empty", await TestImages.RefusalAsync([]));
    }

    [Fact]
    public async Task More_than_100_MB_are_not_read()
    {
        var message = await TestImages.RefusalAsync(new byte[100 * 1024 * 1024 + 1]);

        Assert.StartsWith("has more than 104857600 bytes (100 MB)", message, StringComparison.Ordinal);
    }

    private static async Task<string> RefusalAsync(string path)
    {
        var refusal = await Assert.ThrowsAsync<WanValidationException>(() => MediaImage.PrepareAsync(path, cancellationToken: TestContext.Current.CancellationToken));
        return Assert.Single(refusal.Problems).Message;
    }
}
