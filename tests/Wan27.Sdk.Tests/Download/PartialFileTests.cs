using System.Net.Http.Headers;
using Wan27.Sdk.Download;

namespace Wan27.Sdk.Tests.Download;

public sealed class PartialFileTests : IDisposable
{
    private static readonly RangeConditionHeaderValue Tag = new("\"a\"");

    private readonly string folder = Directory.CreateTempSubdirectory().FullName;

    private string Target => Path.Combine(folder, "video.mp4");

    private string Mark => Target + ".part.tag";

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_restart_leaves_no_bytes_and_no_tag_to_resume_from()
    {
        await using var part = Open();
        part.Append("some"u8, Tag);
        Assert.True(File.Exists(Mark));

        part.Restart();

        Assert.Equal((0, 0, null), (part.Stream.Length, part.Stream.Position, part.ReadMark()));
        part.Append("other"u8, new RangeConditionHeaderValue("\"b\""));
        Assert.Equal("\"b\"", part.ReadMark()!.EntityTag!.Tag);
    }

    [Fact]
    public async Task Bytes_without_a_tag_are_marked_as_not_resumable()
    {
        await using var part = Open();
        part.Append("some"u8, Tag);

        part.Append("more"u8, tag: null);

        Assert.Equal((8, null), (part.Stream.Length, part.ReadMark()));
        Assert.Equal(["gen-1", "-"], await File.ReadAllLinesAsync(Mark, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("gen-1", "\"a\"", true)]
    [InlineData("gen-2", "\"a\"", false)]
    [InlineData("gen-1", "-", false)]
    public async Task A_mark_counts_for_its_own_video_and_with_a_strong_tag(string generation, string tag, bool counts)
    {
        await File.WriteAllTextAsync(Target + ".part", "some", TestContext.Current.CancellationToken);
        await File.WriteAllLinesAsync(Mark, [generation, tag], TestContext.Current.CancellationToken);

        await using var part = Open();

        Assert.Equal(counts ? Tag : null, part.ReadMark());
    }

    [Theory]
    [InlineData("some", null)]
    [InlineData("some", "")]
    [InlineData("some", "gen-1\nW/\"a\"\n")]
    [InlineData("some", "gen-1\na\n")]
    [InlineData("some", "gen-1\n")]
    [InlineData("some", "gen-1\n\"a\"\nmore\n")]
    [InlineData("", "notes of another program")]
    [InlineData(null, "notes of another program")]
    public async Task A_part_or_a_mark_of_another_program_is_left_as_it_is(string? bytes, string? mark)
    {
        if (bytes is not null)
            await File.WriteAllTextAsync(Target + ".part", bytes, TestContext.Current.CancellationToken);
        if (mark is not null)
            await File.WriteAllTextAsync(Mark, mark, TestContext.Current.CancellationToken);

        var error = Assert.Throws<UnusableTargetException>(() => Open(overwrite: true));

        Assert.Contains($"'{Target}.part'", error.Message, StringComparison.Ordinal);
        Assert.Equal(bytes ?? "", await File.ReadAllTextAsync(Target + ".part", TestContext.Current.CancellationToken));
        Assert.Equal(mark, File.Exists(Mark) ? await File.ReadAllTextAsync(Mark, TestContext.Current.CancellationToken) : null);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task An_empty_part_with_an_empty_mark_or_none_is_taken(string? mark)
    {
        await File.WriteAllTextAsync(Target + ".part", "", TestContext.Current.CancellationToken);
        if (mark is not null)
            await File.WriteAllTextAsync(Mark, mark, TestContext.Current.CancellationToken);

        await using var part = Open();

        part.Append("some"u8, Tag);
        Assert.Equal(Tag, part.ReadMark());
    }

    [Fact]
    public async Task A_date_is_read_back_from_its_mark()
    {
        var date = new RangeConditionHeaderValue(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));
        await using (var first = Open())
            first.Append("some"u8, date);

        await using var part = Open();

        Assert.Equal(date, part.ReadMark());
    }

    [Fact]
    public async Task A_mark_without_bytes_counts_for_nothing()
    {
        await File.WriteAllLinesAsync(Mark, ["gen-1", "\"a\""], TestContext.Current.CancellationToken);

        await using var part = Open();

        Assert.Null(part.ReadMark());
    }

    [Fact]
    public async Task A_file_that_appeared_under_the_name_is_kept()
    {
        await using var part = Open();
        part.Append("ours"u8, Tag);
        await File.WriteAllTextAsync(Target, "theirs", TestContext.Current.CancellationToken);

        var error = await Assert.ThrowsAsync<UnusableTargetException>(part.CompleteAsync);

        Assert.Equal($"'{Target}' exists; set DownloadOptions.Overwrite to replace it.", error.Message);
        Assert.Equal("theirs", await File.ReadAllTextAsync(Target, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_link_or_a_folder_that_appeared_under_the_name_is_not_replaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A link needs a privilege there.");
        await using var part = Open(overwrite: true);
        File.CreateSymbolicLink(Target, Path.Combine(folder, "elsewhere"));
        Assert.Equal($"'{Target}' is a symbolic link, which is not followed.", (await Assert.ThrowsAsync<UnusableTargetException>(part.CompleteAsync)).Message);

        File.Delete(Target);
        Directory.CreateDirectory(Target);
        Assert.Equal($"'{Target}' is a directory.", (await Assert.ThrowsAsync<UnusableTargetException>(part.CompleteAsync)).Message);
    }

    [Fact]
    public async Task A_complete_file_has_the_permissions_of_any_new_file_and_a_part_is_private()
    {
        if (OperatingSystem.IsWindows())
            return; // It has other permissions.
        await File.WriteAllTextAsync(Path.Combine(folder, "ordinary"), "", TestContext.Current.CancellationToken);
        await using var part = Open();
        part.Append("some"u8, Tag);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Target + ".part"));

        await part.CompleteAsync();

        Assert.Equal(File.GetUnixFileMode(Path.Combine(folder, "ordinary")), File.GetUnixFileMode(Target));
    }

    [Theory]
    [InlineData(246, "video")]
    [InlineData(247, "video")]
    [InlineData(255, "video")]
    [InlineData(255, "é")]
    public async Task A_name_of_up_to_255_bytes_is_resumed_and_saved(int bytes, string start)
    {
        var name = start + new string('v', bytes - System.Text.Encoding.UTF8.GetByteCount(start));
        var target = Path.Combine(folder, name);
        await using (var first = PartialFile.Open(target, "gen-1", overwrite: false))
            first.Append("some"u8, Tag);
        await using var part = PartialFile.Open(target, "gen-1", overwrite: false);
        Assert.Equal(Tag, part.ReadMark());

        await part.CompleteAsync();

        Assert.Equal([name], Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!));
    }

    [Fact]
    public void A_longer_name_is_refused_at_once()
    {
        var e = Assert.Throws<UnusableTargetException>(() => PartialFile.Open(Path.Combine(folder, new string('v', 256)), "gen-1", overwrite: false));

        Assert.EndsWith("has 256 bytes; the limit is 255.", e.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public void A_missing_folder_is_named()
    {
        var missing = Path.Combine(folder, "nowhere");

        Assert.Equal(
            $"'{Path.Combine(missing, "video.mp4")}' cannot be saved: the folder '{missing}' does not exist.",
            Assert.Throws<UnusableTargetException>(() => PartialFile.Open(Path.Combine(missing, "video.mp4"), "gen-1", overwrite: false)).Message);
    }

    [Fact]
    public async Task Only_one_download_holds_a_part()
    {
        await using var part = Open();

        Assert.Throws<IOException>(() => Open());
    }

    private PartialFile Open(bool overwrite = false) => PartialFile.Open(Target, "gen-1", overwrite);
}
