using System.Net;
using System.Net.Http.Headers;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests;

public sealed class FileFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_expired_URL_is_forbidden_and_the_next_read_returns_a_new_URL()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var id = await fixture.CreateGenerationAsync();
        fixture.Clock.Advance(TimeSpan.FromSeconds(4));
        var url = EmulatorFixture.GetVideoUrl(await fixture.GetGenerationAsync(id));
        fixture.Emulator.Faults.Add(EmulatorFault.ExpiredUrl());

        Assert.Equal(HttpStatusCode.Forbidden, await GetStatusAsync(fixture, url));
        Assert.Equal(HttpStatusCode.Forbidden, await GetStatusAsync(fixture, url));
        var fresh = EmulatorFixture.GetVideoUrl(await fixture.GetGenerationAsync(id));

        Assert.NotEqual(url, fresh);
        Assert.Equal(HttpStatusCode.OK, await GetStatusAsync(fixture, fresh));
        Assert.Equal(HttpStatusCode.Forbidden, await GetStatusAsync(fixture, url));
    }

    [Fact]
    public async Task A_URL_with_an_invalid_signature_is_forbidden()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var url = await fixture.CompleteGenerationAsync();

        var changed = new Uri(url.AbsoluteUri.Replace("Version=1", "Version=2", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Forbidden, await GetStatusAsync(fixture, changed));
    }

    [Fact]
    public async Task A_download_can_be_interrupted_and_resumed()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var url = await fixture.CompleteGenerationAsync();
        var complete = await fixture.Files.GetByteArrayAsync(url, Cancellation);
        fixture.Emulator.Faults.Add(EmulatorFault.CloseAt(5000).OfBody().On(EmulatorOperations.File));

        using var interrupted = await fixture.Files.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var (first, failure) = await ReadAsync(interrupted);
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = new RangeHeaderValue(first.Length, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(interrupted.Headers.ETag!);
        using var rest = await fixture.Files.SendAsync(request, Cancellation);

        Assert.Equal(complete.Length, interrupted.Content.Headers.ContentLength);
        Assert.NotNull(failure);
        Assert.Equal(5000, first.Length);
        Assert.Equal(complete, first.Concat(await rest.Content.ReadAsByteArrayAsync(Cancellation)));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(-100)]
    public async Task A_content_length_can_be_too_long_or_too_short(int difference)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var url = await fixture.CompleteGenerationAsync();
        var length = (await fixture.Files.GetByteArrayAsync(url, Cancellation)).Length;
        fixture.Emulator.Faults.Add(EmulatorFault.WrongLength(difference).On(EmulatorOperations.File));

        using var response = await fixture.Files.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        var (bytes, failure) = await ReadAsync(response);

        Assert.Equal(length + difference, response.Content.Headers.ContentLength);
        Assert.Equal(Math.Min(length, length + difference), bytes.Length);
        Assert.Equal(difference > 0, failure is not null);
    }

    [Fact]
    public async Task A_range_can_be_ignored_and_an_entity_tag_can_change()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var url = await fixture.CompleteGenerationAsync();
        using var complete = await fixture.Files.GetAsync(url, Cancellation);
        fixture.Emulator.Faults.Add(EmulatorFault.IgnoredRange(), EmulatorFault.ChangedETag());

        using var ignored = await GetRangeAsync(fixture, url, complete.Headers.ETag!);
        using var changed = await GetRangeAsync(fixture, url, complete.Headers.ETag!);
        using var partial = await GetRangeAsync(fixture, url, complete.Headers.ETag!);

        Assert.Equal((HttpStatusCode.OK, complete.Headers.ETag), (ignored.StatusCode, ignored.Headers.ETag));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.NotEqual(complete.Headers.ETag, changed.Headers.ETag);
        Assert.Equal(HttpStatusCode.PartialContent, partial.StatusCode);
    }

    private static async Task<HttpStatusCode> GetStatusAsync(EmulatorFixture fixture, Uri url)
    {
        using var response = await fixture.Files.GetAsync(url, Cancellation);
        return response.StatusCode;
    }

    private static async Task<HttpResponseMessage> GetRangeAsync(EmulatorFixture fixture, Uri url, EntityTagHeaderValue tag)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Range = new RangeHeaderValue(100, null);
        request.Headers.IfRange = new RangeConditionHeaderValue(tag);
        return await fixture.Files.SendAsync(request, Cancellation);
    }

    private static async Task<(byte[] Bytes, Exception? Failure)> ReadAsync(HttpResponseMessage response)
    {
        using var read = new MemoryStream();
        try
        {
            await response.Content.CopyToAsync(read, Cancellation);
            return (read.ToArray(), null);
        }
        catch (HttpRequestException exception)
        {
            return (read.ToArray(), exception);
        }
    }
}
