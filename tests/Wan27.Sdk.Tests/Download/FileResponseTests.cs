using System.Net;
using Wan27.Sdk.Download;

namespace Wan27.Sdk.Tests.Download;

/// <summary>What a host's response reports about its file.</summary>
public sealed class FileResponseTests
{
    [Theory]
    [InlineData("identity", true)]
    [InlineData("Identity", true)]
    [InlineData("gzip", false)]
    [InlineData("identity, gzip", false)]
    public void Only_uncompressed_responses_are_accepted(string codings, bool isTaken)
    {
        using var response = new HttpResponseMessage { Content = new ByteArrayContent([1]) };
        foreach (var coding in codings.Split(", "))
            response.Content.Headers.ContentEncoding.Add(coding);

        var fault = Record.Exception(() => FileResponse.Of(response)) as DownloadFaultException;

        Assert.Equal(isTaken ? null : "The file host sent the file compressed, which was not asked for.", fault?.Message);
        Assert.Equal(isTaken ? null : DownloadRemedy.None, fault?.Remedy);
    }

    [Theory]
    [InlineData(5, false, 1, true)]
    [InlineData(null, true, 1, true)]
    [InlineData(null, false, 2, true)]
    [InlineData(null, false, 1, false)]
    public void A_response_has_an_end_by_its_length_its_chunks_or_its_protocol(int? length, bool isChunked, int version, bool isFramed)
    {
        using var response = new HttpResponseMessage { Version = new(version, 1), Content = new StreamContent(new OneWayStream([])) };
        response.Content.Headers.ContentLength = length;
        response.Headers.TransferEncodingChunked = isChunked ? true : null;

        var file = FileResponse.Of(response);

        Assert.Equal((isFramed, length), (file.IsFramed, (int?)file.Total));
    }

    [Theory]
    [InlineData("12:00:00", "12:00:01", null, true)]
    [InlineData("12:00:00", "12:00:00", null, false)]
    [InlineData("12:00:00", null, null, false)]
    [InlineData(null, "12:00:01", null, false)]
    [InlineData("12:00:00", "12:00:01", "W/\"a\"", true)]
    [InlineData("12:00:00", "12:00:01", "not a tag", true)]
    public void A_date_counts_without_a_strong_tag_if_it_is_a_second_old(string? modified, string? date, string? tag, bool counts)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.PartialContent) { Content = new ByteArrayContent([1]) };
        response.Content.Headers.TryAddWithoutValidation("Content-Range", "bytes 7-7/8");
        response.Content.Headers.TryAddWithoutValidation("Last-Modified", modified is null ? null : $"Wed, 01 Jul 2026 {modified} GMT");
        response.Headers.TryAddWithoutValidation("Date", date is null ? null : $"Wed, 01 Jul 2026 {date} GMT");
        if (tag is not null)
            response.Headers.TryAddWithoutValidation("ETag", tag);
        var validator = new System.Net.Http.Headers.RangeConditionHeaderValue(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero));

        Assert.Equal((counts, false), (FileResponse.Of(response).Continues(7, validator, 8), FileResponse.Of(response).Continues(7, validator, 9)));

        response.Content.Headers.Remove("Content-Range");
        response.Content.Headers.TryAddWithoutValidation("Content-Range", "bytes 7-7/*");
        Assert.False(FileResponse.Of(response).Continues(7, validator, 8));
    }

    [Fact]
    public void An_end_may_omit_the_tag_but_must_not_have_another()
    {
        foreach (var (tag, isSame) in new[] { (null, true), ("\"a\"", true), ("\"b\"", false) })
        {
            using var response = new HttpResponseMessage(HttpStatusCode.RequestedRangeNotSatisfiable) { Content = new ByteArrayContent([]) };
            response.Content.Headers.TryAddWithoutValidation("Content-Range", "bytes */7");
            response.Headers.TryAddWithoutValidation("ETag", tag);

            Assert.Equal(isSame, FileResponse.Of(response).Continues(7, new("\"a\""), 7));
        }
    }
}
