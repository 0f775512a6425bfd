using Wan27.Sdk.Media;

namespace Wan27.Sdk.Tests.Media;

/// <summary>The copy of a stream is gone with the process that made it, and a folder that cannot be used is named.</summary>
public sealed class SpoolFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_copy_has_no_name_while_it_is_used()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "An open file keeps its name there, and is deleted when it is closed.");
        using var file = SpoolFile.Create(folder.Path);

        await SpoolFile.WriteAsync(file, new byte[] { 1, 2, 3 }, TestContext.Current.CancellationToken);

        Assert.Equal(3, file.Length);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void A_folder_that_cannot_be_used_is_named()
    {
        var missing = folder["no such folder"];

        var error = Assert.Throws<WanValidationException>(() => SpoolFile.Create(missing));

        Assert.Contains($"'{missing}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("use FromFile", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_that_is_full_is_an_error_of_the_folder()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "The system has no device that is full.");
        using var full = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);

        var error = await Assert.ThrowsAsync<WanValidationException>(
            async () => await SpoolFile.WriteAsync(full, new byte[10], TestContext.Current.CancellationToken));

        Assert.Contains("the folder for temporary files, '/dev', cannot be used", error.Message, StringComparison.Ordinal);
    }
}
