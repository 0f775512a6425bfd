using System.Net.Http.Headers;
using Wan27.Sdk.Download;

namespace Wan27.Sdk.Tests.Download;

public sealed class PartFileTests : IDisposable
{
    private static readonly EntityTagHeaderValue Tag = new("\"a\"");

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    private string Target => Path.Combine(folder, "film.mp4");

    private string Mark => Target + ".part.tag";

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_is_begun_anew_leaves_neither_bytes_nor_mark()
    {
        await using var part = Open();
        part.Append("some"u8, Tag);
        Assert.True(File.Exists(Mark));

        part.Restart();

        Assert.Equal((0, 0, false), (part.Stream.Length, part.Stream.Position, File.Exists(Mark)));
    }

    [Fact]
    public async Task Bytes_without_a_tag_take_the_mark_away()
    {
        await using var part = Open();
        part.Append("some"u8, Tag);

        part.Append("more"u8, tag: null);

        Assert.Equal((8, false), (part.Stream.Length, File.Exists(Mark)));
    }

    [Theory]
    [InlineData("gen-1", "\"a\"", true)]
    [InlineData("gen-2", "\"a\"", false)]
    [InlineData("gen-1", "W/\"a\"", false)]
    [InlineData("gen-1", "a", false)]
    public async Task A_mark_counts_for_its_own_video_and_with_a_strong_tag(string generation, string tag, bool counts)
    {
        await File.WriteAllTextAsync(Target + ".part", "some", TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(Mark, [generation, tag], TestContext.Current.CancellationToken);

        await using var part = Open();

        Assert.Equal(counts ? Tag : null, part.ReadMark());
    }

    [Fact]
    public async Task A_mark_without_bytes_counts_for_nothing()
    {
        await File.WriteAllLinesAsync(Mark, ["gen-1", "\"a\""], TestContext.Current.CancellationToken);

        await using var part = Open();

        Assert.Null(part.ReadMark());
    }

    [Fact]
    public async Task What_has_come_under_the_name_meanwhile_stays()
    {
        await using var part = Open();
        part.Append("ours"u8, Tag);
        await File.WriteAllTextAsync(Target, "theirs", TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<IOException>(part.CompleteAsync);

        Assert.Equal($"'{Target}' exists; set DownloadOptions.Overwrite to replace it.", error.Message);
        Assert.Equal("theirs", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_link_or_a_folder_that_has_come_under_the_name_meanwhile_is_not_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A link needs a privilege there.");
        await using var part = Open(overwrite: true);
        File.CreateSymbolicLink(Target, Path.Combine(folder, "elsewhere"));
        Assert.Equal($"'{Target}' is a symbolic link, which is not followed.", (await Assert.ThrowsAsync<IOException>(part.CompleteAsync)).Message);

        File.Delete(Target);
        Directory.CreateDirectory(Target);
        Assert.Equal($"'{Target}' is a directory.", (await Assert.ThrowsAsync<IOException>(part.CompleteAsync)).Message);
    }

    [Fact]
    public async Task Only_one_holds_a_part()
    {
        await using var part = Open();

        Assert.Throws<IOException>(() => Open());
    }

    private PartFile Open(bool overwrite = false) => PartFile.Open(Target, "gen-1", overwrite);
}
