using System.Net;
using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Tests.Transport;

/// <summary>What a response's headers report if its body reports nothing.</summary>
public sealed class ApiResponseHeadersTests
{
    [Theory]
    [InlineData(199, false)]
    [InlineData(200, true)]
    [InlineData(299, true)]
    [InlineData(300, false)]
    public void Success_is_200_to_299(int status, bool isSuccess) => Assert.Equal(isSuccess, new ApiResponseHeaders((HttpStatusCode)status).IsSuccess);

    [Fact]
    public void Ids_and_the_time_are_taken_trimmed_and_blank_ones_not_at_all()
    {
        var head = Head(("x-inference-id", " gen-1 "), ("x-request-id", " "), ("x-client-request-id", "order-1"), ("Date", "Wed, 01 Jul 2026 12:00:00 GMT"));

        Assert.Equal(("gen-1", null, "order-1"), (head.InferenceId, head.RequestId, head.ClientRequestId));
        Assert.Equal(new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.Zero), head.Date);
        Assert.Equal((null, "req-1", null), (Head(("x-request-id", "req-1")).InferenceId, Head(("x-request-id", "req-1")).RequestId, Head(("Date", "yesterday")).Date));
    }

    [Theory]
    [InlineData("0.65", null, 0.65, null)]
    [InlineData(null, "1300000", null, 1_300_000.0)]
    [InlineData("0.65", "1300000", 0.65, 1_300_000.0)]
    [InlineData("0", "1300000", 0.0, 1_300_000.0)]
    [InlineData("0", "0", null, null)]
    [InlineData("-1", "-1", null, null)]
    [InlineData("much", null, null, null)]
    [InlineData(null, null, null, null)]
    public void A_cost_is_what_is_above_zero(string? usd, string? credits, double? expectedUsd, double? expectedCredits)
    {
        var cost = Head(("x-aimlapi-usd-spent", usd), ("x-aimlapi-credits-used", credits)).Cost;

        Assert.Equal(((decimal?)expectedUsd, (decimal?)expectedCredits), (cost?.Usd, cost?.Credits));
        Assert.Equal(cost is null ? null : "header", cost?.Source);
    }

    [Fact]
    public void The_cost_in_the_headers_counts_if_the_body_has_none()
    {
        var head = Head(("x-aimlapi-usd-spent", "0.65"));
        var silent = new VideoGeneration { Id = "gen-1", Status = GenerationStatus.Completed };
        var zero = silent with { Cost = new GenerationCost { Usd = 0 } };
        var reported = silent with { Cost = new GenerationCost { Usd = 2, Source = "answer" } };

        Assert.Equal([0.65m, 0.65m, 2m], new[] { silent, zero, reported }.Select(generation => head.WithCost(generation).Cost.Usd!.Value));
        Assert.Same(silent, Head().WithCost(silent));
    }

    private static ApiResponseHeaders Head(params (string Name, string? Value)[] headers)
    {
        using var response = new HttpResponseMessage();
        foreach (var (name, value) in headers.Where(header => header.Value is not null))
            response.Headers.TryAddWithoutValidation(name, value);
        return ApiResponseHeaders.Of(response);
    }
}
