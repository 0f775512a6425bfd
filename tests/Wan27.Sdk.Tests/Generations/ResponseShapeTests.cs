using System.Globalization;

namespace Wan27.Sdk.Tests.Generations;

public class ResponseShapeTests
{
    [Theory]
    [InlineData("""{"id":"a_-9","status":"queued"}""", "a_-9")]
    [InlineData("""{"generation_id":"a","status":"queued"}""", "a")]
    [InlineData("""{"id":"a","generation_id":"a"}""", "a")]
    [InlineData("""{"id":null,"generation_id":"a"}""", "a")]
    [InlineData("""{"id":"-6Zb3:alibaba/wan/2.7","status":"queued"}""", "-6Zb3:alibaba/wan/2.7")]
    [InlineData("""{"id":12345678901234567890,"status":"queued"}""", "12345678901234567890")]
    [InlineData("""{"status":"queued"}""", "")]
    public void The_id_is_under_either_of_its_names(string json, string id) => Assert.Equal(id, Reading.Of(json).Id);

    [Fact]
    public void A_video_may_be_an_object_with_all_of_its_fields()
    {
        var video = Reading.Of(
            """
            {"id":"a","status":"completed","video":{"url":"https://cdn.aimlapi.com/v.mp4","content_type":"video/mp4","file_name":"v.mp4","file_size":1234567,"duration":5.04}}
            """).Video!;

        Assert.Equal("https://cdn.aimlapi.com/v.mp4", video.Uri!.OriginalString);
        Assert.Equal(("video/mp4", "v.mp4", 1_234_567L, 5.04m), (video.ContentType, video.FileName, video.FileSize, video.Duration));
        Assert.Empty(video.AdditionalProperties);
    }

    [Theory]
    [InlineData("""["https://a.com/1.mp4","https://a.com/2.mp4"]""")]
    [InlineData("""[{"url":"https://a.com/1.mp4"},{"url":"https://a.com/2.mp4"}]""")]
    [InlineData("""[null,{"url":"https://a.com/1.mp4"},7,"https://a.com/2.mp4"]""")]
    public void Videos_may_be_an_array_of_strings_or_of_objects(string video)
    {
        var generation = Reading.Of($$"""{"id":"a","status":"completed","video":{{video}}}""");

        Assert.Equal(["https://a.com/1.mp4", "https://a.com/2.mp4"], generation.Videos.Select(one => one.Uri!.OriginalString));
        Assert.Same(generation.Videos[0], generation.Video);
    }

    [Fact]
    public void A_video_may_be_a_bare_address() =>
        Assert.Equal("https://a.com/1.mp4", Reading.Of("""{"id":"a","video":"https://a.com/1.mp4"}""").Video!.Uri!.OriginalString);

    [Theory]
    [InlineData("1234567", 1_234_567L)]
    [InlineData("\"1234567\"", 1_234_567L)]
    [InlineData("1234567.0", 1_234_567L)]
    [InlineData("1.234567e6", 1_234_567L)]
    [InlineData("9223372036854775807", long.MaxValue)]
    [InlineData("0", 0L)]
    [InlineData("null", null)]
    [InlineData("9223372036854775808", null)]
    [InlineData("12.5", null)]
    [InlineData("-1", null)]
    [InlineData("1e400", null)]
    [InlineData("\"NaN\"", null)]
    [InlineData("\"\"", null)]
    [InlineData("\"7 MB\"", null)]
    [InlineData("true", null)]
    [InlineData("[7]", null)]
    public void A_file_size_is_a_whole_number_and_any_other_value_is_kept_unchanged(string written, long? size)
    {
        var video = Reading.Of($$$"""{"id":"a","video":{"file_size":{{{written}}}}}""").Video!;

        Assert.Equal(size, video.FileSize);
        Assert.Equal(size is null && written != "null", video.AdditionalProperties.ContainsKey("file_size"));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("false")]
    public void A_response_without_a_video_has_none(string video)
    {
        var generation = Reading.Of($$"""{"id":"a","status":"generating","video":{{video}}}""");

        Assert.Null(generation.Video);
        Assert.Empty(generation.Videos);
    }

    [Theory]
    [InlineData("""{"url":""}""")]
    [InlineData("""{"url":null}""")]
    [InlineData("{}")]
    [InlineData("""{"url":" "}""")]
    [InlineData("""{"url":{}}""")]
    [InlineData("""{"url":["https://h.example/v"]}""")]
    [InlineData("""{"url":7}""")]
    [InlineData("""{"url":false}""")]
    public void A_video_without_an_address_has_none(string video) => Assert.Null(Reading.Of($$"""{"id":"a","video":{{video}} }""").Video!.Uri);

    [Theory]
    [InlineData("https://cdn.aimlapi.com/generations/whale/1771234567890-0b7c2e9a-54a1-4f6e-9d25-0b1c6ad4f3e2.mp4")]
    [InlineData("https://v3.fal.media/files%2Fzebra%2Fa%20b.mp4?X-Amz-Signature=a%2Fb%3D&x=%7e~&y=+%2B")]
    [InlineData("https://dashscope-result.oss-cn.aliyuncs.com/1d/a/../b/./c.mp4?Expires=1772345678&OSSAccessKeyId=LTAI&Signature=aB%2Bc%2Fd%3D")]
    [InlineData("https://ark.tos-cn.volces.com/x.mp4?X-Tos-Date=20260701T120000Z&X-Tos-SignedHeaders=host&a[0]=%5B&b=|^`{}")]
    [InlineData("HTTPS://CDN.AIMLAPI.COM:443/V.mp4")]
    [InlineData("https://example.com/видео.mp4?имя=значение")]
    public void An_address_is_kept_unchanged(string url)
    {
        var read = Reading.Of($$$"""{"id":"a","status":"completed","video":{"url":"{{{url}}}"}}""").Video!.Uri!;

        Assert.Equal(url, read.OriginalString);
        Assert.Equal(url[url.IndexOf('/', 8)..], read.PathAndQuery, ignoreCase: false);
    }

    [Fact]
    public void A_long_signed_query_is_kept_unchanged()
    {
        var url = "https://klingai.com/v.mp4?sig=" + string.Concat(Enumerable.Repeat("%2Fa%2b", 1_200));

        Assert.EndsWith(url[20..], Reading.Of($$"""{"id":"a","video":["{{url}}"]}""").Video!.Uri!.PathAndQuery, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"usage":{"credits_used":3900000,"usd_spent":1.95}}""", "3900000", "1.95", null)]
    [InlineData("""{"usage":{"credits_used":3900000}}""", "3900000", "1.95", null)]
    [InlineData("""{"usage":{"tokens_used":120000}}""", null, null, "120000")]
    [InlineData("""{"usage":{"credits_used":"3900000","usd_spent":"1.95"}}""", "3900000", "1.95", null)]
    [InlineData("""{"usage":{"credits_used":null}}""", null, null, null)]
    [InlineData("""{"usage":{}}""", null, null, null)]
    public void The_cost_is_reported_in_credits_dollars_or_tokens(string meta, string? credits, string? dollars, string? tokens)
    {
        var cost = Reading.Of($$"""{"id":"a","status":"queued","meta":{{meta}}}""").Cost;

        Assert.Equal([credits, dollars, tokens], new[] { cost.Credits, cost.Usd, cost.Tokens }.Select(number => number?.ToString(CultureInfo.InvariantCulture)));
        Assert.Empty(cost.AdditionalProperties);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"usage":null}""")]
    [InlineData("""{"usage":[]}""")]
    [InlineData("7")]
    public void A_response_without_usage_has_no_cost(string meta) => Assert.Null(Reading.Of($$"""{"id":"a","meta":{{meta}}}""").Cost.Usd);

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("true")]
    [InlineData("\"NaN\"")]
    public void A_cost_that_is_not_a_number_is_kept_unchanged_and_is_never_infinite(string cost)
    {
        var read = Reading.Of($$$"""{"id":"a","meta":{"usage":{"usd_spent":{{{cost}}} } } }""").Cost;

        Assert.Null(read.Usd);
        Assert.Equal(cost, read.AdditionalProperties["usd_spent"].GetRawText());
    }

    [Fact]
    public void A_cost_is_exact() =>
        Assert.Equal(0.1m + 0.2m, Reading.Of("""{"id":"a","meta":{"usage":{"usd_spent":0.3}}}""").Cost.Usd);
}
