using Xunit;

namespace Wan27.Sdk.EmulatorTests.Download;

public sealed class LargeFilmTests : IDisposable
{
    private readonly DownloadFixture fixture = new();

    public void Dispose() => fixture.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_film_beyond_the_limit_is_not_fetched_to_its_end(bool hasLength)
    {
        fixture.Host.Replies.Enqueue(fixture.Host.Whole(hasLength: hasLength));

        var failure = await fixture.FailAsync(new DownloadOptions { MaxBytes = 120_000 });

        Assert.Contains("120000", failure.Message, StringComparison.Ordinal);
        Assert.InRange(fixture.Host.Sent, 0, hasLength ? 0 : 250_000);
        Assert.False(File.Exists(fixture.Target));
        Assert.InRange(new FileInfo(fixture.Part).Length, 0, 120_000);
        await fixture.DownloadAsync(new DownloadOptions { MaxBytes = 300_000 });
        fixture.AssertWhole();
    }

    [Fact]
    public async Task A_film_that_an_earlier_process_had_whole_is_held_to_the_limit_too()
    {
        await File.WriteAllBytesAsync(fixture.Part, fixture.Host.Film, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(fixture.Part + ".tag", "gen-1\n\"v1\"\n", TestContext.Current.CancellationToken);

        _ = await fixture.FailAsync(new DownloadOptions { MaxBytes = 299_999 });

        Assert.False(File.Exists(fixture.Target));
    }
}
