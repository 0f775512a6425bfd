using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using CsCheck;
using Wan27.Sdk.Download;

namespace Wan27.Sdk.Tests.Download;

/// <summary>When bytes may be appended to the existing ones, for every combination of request and response.</summary>
public class RandomFileResponseTests
{
    private const string Seed = "0N0XIzNsQ0O2";

    private static readonly Gen<long> Place = Gen.OneOf(Gen.Long[0, 5], Gen.Long[0, long.MaxValue - 1]);
    private static readonly Gen<string?> Tag = Gen.OneOf<string?>(null, "\"a\"", "\"b\"", "W/\"a\"", "W/\"b\"", "a", "\"a", "*");

    [Fact]
    public void A_part_continues_only_where_the_bytes_end_and_in_the_same_version() =>
        Gen.Select(Place, Place, Place, Gen.Bool, Tag, Place, Tag, Gen.Select(Place, Gen.Bool)).Sample(
            (begin, length, behind, isTotalReported, returned, received, asked, known) =>
            {
                var (end, total) = ((Int128)begin + length, (Int128)begin + length + behind + 1);
                var text = string.Create(CultureInfo.InvariantCulture, $"bytes {begin}-{end}/{(isTotalReported ? total.ToString(CultureInfo.InvariantCulture) : "*")}");
                var isReadable = end <= long.MaxValue && (!isTotalReported || total <= long.MaxValue);

                var response = Of(HttpStatusCode.PartialContent, text, returned);

                Assert.Equal(isReadable ? begin : null, response.Begins);
                Assert.Equal(isReadable && isTotalReported ? (long)total : null, response.Total);
                Assert.Equal(returned is "\"a\"" or "\"b\"" ? returned : null, response.Tag?.EntityTag?.Tag);
                var tag = asked is "\"a\"" or "\"b\"" ? new RangeConditionHeaderValue(asked) : null;
                long? expectedTotal = known.Item2 ? known.Item1 : null;
                Assert.Equal(
                    isReadable && begin == received && (received == 0 || (response.Tag?.EntityTag?.Tag == tag?.EntityTag?.Tag && (response.Total is null || expectedTotal is null || response.Total == expectedTotal))),
                    response.Continues(received, tag, expectedTotal));
            },
            seed: Seed, iter: 20_000, threads: 1);

    [Fact]
    public void A_malformed_range_gives_no_position() =>
        Gen.String[Gen.Char["bytes 0123456789-/*,="], 0, 30].Sample(
            text =>
            {
                foreach (var status in new[] { HttpStatusCode.PartialContent, HttpStatusCode.RequestedRangeNotSatisfiable })
                {
                    var response = Of(status, text, "\"a\"");
                    Assert.True(response.Begins is null or >= 0 && response.Total is null or >= 0);
                    Assert.True(response.Begins is null || text.TrimStart().StartsWith("bytes", StringComparison.OrdinalIgnoreCase));
                }
            },
            seed: Seed, iter: 20_000, threads: 1);

    [Fact]
    public void A_complete_file_begins_at_0_whatever_range_it_reports() =>
        Gen.Select(Place, Tag, Place).Sample(
            (begin, tag, received) =>
            {
                var response = Of(HttpStatusCode.OK, string.Create(CultureInfo.InvariantCulture, $"bytes {begin}-{begin}/*"), tag);
                return response.Begins == 0 && response.Continues(received, response.Tag, null) == (received == 0);
            },
            seed: Seed, iter: 2_000, threads: 1);

    private static FileResponse Of(HttpStatusCode status, string range, string? tag)
    {
        using var response = new HttpResponseMessage(status) { Content = new ByteArrayContent([]) };
        response.Content.Headers.TryAddWithoutValidation("Content-Range", range);
        if (tag is not null)
            response.Headers.TryAddWithoutValidation("ETag", tag);
        return FileResponse.Of(response);
    }
}
