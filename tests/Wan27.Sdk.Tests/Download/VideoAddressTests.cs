using Wan27.Sdk.Download;

namespace Wan27.Sdk.Tests.Download;

public sealed class VideoAddressTests
{
    [Fact]
    public async Task An_address_is_read_again_twice()
    {
        var reads = 1;
        var address = new VideoAddress(new("https://cdn.example/0"), fileSize: null, _ => Task.FromResult(new Uri($"https://cdn.example/{reads++}")));

        var refreshed = new[] { await RefreshAsync(), await RefreshAsync(), await RefreshAsync() };

        Assert.Equal([true, true, false], refreshed);
        Assert.Equal(("https://cdn.example/2", 3), (address.Current.AbsoluteUri, reads));

        Task<bool> RefreshAsync() => address.RefreshAsync(TestContext.Current.CancellationToken);
    }
}
