using System.Net;
using System.Net.Http.Headers;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Emulator;

public sealed class FileFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_expired_url_stays_closed_until_the_task_is_read_again()
    {
        await using var host = await EmulatorHost.StartAsync();
        var id = await host.AcceptAsync();
        host.Clock.Advance(TimeSpan.FromSeconds(4));
        var url = EmulatorHost.UrlOf(await host.ReadAsync(id));
        host.Emulator.Faults.Add(EmulatorFault.ExpiredUrl());

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, url));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, url));
        var fresh = EmulatorHost.UrlOf(await host.ReadAsync(id));

        Assert.NotEqual(url, fresh);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, fresh));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, url));
    }

    [Fact]
    public async Task A_url_that_was_tampered_with_is_forbidden()
    {
        await using var host = await EmulatorHost.StartAsync();
        var url = await host.CompleteAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(host, new Uri(url.AbsoluteUri.Replace("Version=1", "Version=2", StringComparison.Ordinal))));
    }

    [Fact]
    public async Task A_file_can_end_early_and_be_resumed()
    {
        await using var host = await EmulatorHost.StartAsync();
        var url = await host.CompleteAsync();
        var whole = await host.Files.GetByteArrayAsync(url, Cancellation);
        host.Emulator.Faults.Add(EmulatorFault.CloseAt(5000).OfBody().On(EmulatorOperations.File));

        using var cut = await host.Files.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var (first, failure) = await ReadAsync(cut);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = new RangeHeaderValue(first.Length, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(cut.Headers.ETag!);
        using var rest = await host.Files.SendAsync(request, Cancellation);

        Assert.Equal(whole.Length, cut.Content.Headers.ContentLength);
        Assert.NotNull(failure);
        Assert.Equal(5000, first.Length);
        Assert.Equal(whole, first.Concat(await rest.Content.ReadAsByteArrayAsync(Cancellation)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(-100)]
    public async Task A_length_can_be_wrong_either_way(int difference)
    {
        await using var host = await EmulatorHost.StartAsync();
        var url = await host.CompleteAsync();
        var length = (await host.Files.GetByteArrayAsync(url, Cancellation)).Length;
        host.Emulator.Faults.Add(EmulatorFault.WrongLength(difference).On(EmulatorOperations.File));

        using var answer = await host.Files.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var (bytes, failure) = await ReadAsync(answer);

        Assert.Equal(length + difference, answer.Content.Headers.ContentLength);
        Assert.Equal(Math.Min(length, length + difference), bytes.Length);
        Assert.Equal(difference > 0, failure is not null);
    }

    [Fact]
    public async Task A_range_can_be_ignored_and_a_tag_can_change()
    {
        await using var host = await EmulatorHost.StartAsync();
        var url = await host.CompleteAsync();
        using var whole = await host.Files.GetAsync(url, Cancellation);
        host.Emulator.Faults.Add(EmulatorFault.IgnoredRange(), EmulatorFault.ChangedETag());

        using var ignored = await RangeAsync(host, url, whole.Headers.ETag!);
        using var changed = await RangeAsync(host, url, whole.Headers.ETag!);
        using var usual = await RangeAsync(host, url, whole.Headers.ETag!);

        Assert.Equal((HttpStatusCode.OK, whole.Headers.ETag), (ignored.StatusCode, ignored.Headers.ETag));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(whole.Headers.ETag, changed.Headers.ETag);
        Assert.Equal(HttpStatusCode.PartialContent, usual.StatusCode);
    }

    private static async Task<HttpStatusCode> StatusAsync(EmulatorHost host, Uri url)
    {
        using var answer = await host.Files.GetAsync(url, Cancellation);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> RangeAsync(EmulatorHost host, Uri url, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = new RangeHeaderValue(100, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        return await host.Files.SendAsync(request, Cancellation);
    }

    private static async Task<(byte[] Bytes, Exception? Failure)> ReadAsync(HttpResponseMessage answer)
    {
        using var read = new MemoryStream();
        try
        {
            await answer.Content.CopyToAsync(read, Cancellation);
            return (read.ToArray(), null);
        }
        catch (HttpRequestException failure)
        {
            return (read.ToArray(), failure);
        }
    }
}
