using System.Text.Json.Nodes;

namespace Wan27.Sdk.Tests.Account;

public class PriceListTests
{
    private const string BySecond =
        """
        {"kind":"variants","dimensions":["resolution"],"variants":[
          {"when":{"resolution":"720p"},"price":0.13,"unit":"second","per":1},{"when":{"resolution":"1080p"},"price":0.195,"unit":"second","per":1}]}
        """;

    private const string ByVideo =
        """
        {"kind":"variants","dimensions":["resolution","duration"],"variants":[
          {"when":{"resolution":"720p","duration":5},"price":0.6,"unit":"video","per":1},{"when":{"resolution":"720p","duration":"10s"},"price":"1.1","unit":"video","per":1},
          {"when":{"resolution":"1080p","duration":[5,10]},"price":1.5,"unit":"generation","per":1},{"when":{"resolution":["1080P"],"duration":15},"price":300,"unit":"request","per":100}]}
        """;

    [Theory]
    [InlineData(BySecond, "720p", 5, 0.65)]
    [InlineData(BySecond, "1080p", 15, 2.925)]
    [InlineData(BySecond, null, null, 1.95)]
    [InlineData(BySecond, "720p", null, 1.3)]
    [InlineData(ByVideo, "720p", 5, 0.6)]
    [InlineData(ByVideo, "720p", 10, 1.1)]
    [InlineData(ByVideo, "1080p", 10, 1.5)]
    [InlineData(ByVideo, "1080p", 15, 3.0)]
    [InlineData("""{"kind":"fixed","units":[{"name":"second","price":6,"per":60}]}""", "720p", 5, 0.5)]
    [InlineData("""{"kind":"fixed","units":[{"name":"output","measure":"seconds","price":0.1,"per":1},{"name":"video","price":0.1,"per":1}]}""", "720p", 10, 1.1)]
    [InlineData("""{"kind":"variants","variants":[{"when":{"sound":true},"price":1,"unit":"video","per":1},{"when":{"sound":false},"price":1,"unit":"video","per":1}]}""", null, null, 1.0)]
    [InlineData("""{"kind":"fixed","currency":"usd","units":[{"name":"video","price":2,"per":1}]}""", null, null, 2.0)]
    public async Task A_price_is_calculated_by_resolution_and_duration(string pricing, string? resolution, int? seconds, double usd)
    {
        using var service = Listing(pricing);

        var cost = await EstimateAsync(service, Request(resolution, seconds));

        Assert.Equal((true, (decimal)usd, "price list"), (cost.IsEstimate, cost.Usd, cost.Source));
        Assert.Equal(service.Clock.GetUtcNow(), cost.AsOf);
        Assert.Equal("/v1/models?id=alibaba%2Fwan-2-7-t2v&include=pricing", Assert.Single(service.Requests).Uri.PathAndQuery);
    }

    [Theory]
    [InlineData("""{"kind":"variable"}""")]
    [InlineData("""{"kind":"fixed"}""")]
    [InlineData("""{"kind":"fixed","units":[]}""")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"kind":"fixed","currency":"EUR","units":[{"name":"video","price":2,"per":1}]}""")]
    [InlineData("""{"kind":"fixed","units":[{"name":"video","price":0,"per":1}]}""")]
    [InlineData("""{"kind":"fixed","units":[{"name":"video","price":-1,"per":1}]}""")]
    [InlineData("""{"kind":"fixed","units":[{"name":"video","price":1e-28,"per":10}]}""")]
    [InlineData("""{"kind":"fixed","units":[{"name":"video","price":0.0000001,"per":1}]}""")]
    [InlineData("""{"kind":"fixed","units":[{"name":"video","price":1e-30,"per":1}]}""")]
    [InlineData("""{"kind":"fixed","units":[{"name":"video","price":"NaN","per":1}]}""")]
    [InlineData("""{"kind":"fixed","units":[{"name":"video","price":2,"per":1},{"name":"second","price":1e-28,"per":1000}]}""")]
    [InlineData("""{"kind":"fixed","units":[{"name":"video","price":2,"per":1e30}]}""")]
    [InlineData("""{"kind":"fixed","units":[{"name":"video","price":2,"per":1e28}]}""")]
    [InlineData("""{"kind":"fixed","units":[{"name":"video","price":2}]}""")]
    [InlineData("""{"kind":"fixed","units":[{"name":"video","price":2,"per":0}]}""")]
    [InlineData("""{"kind":"fixed","units":[{"name":"video","price":1e400,"per":1}]}""")]
    [InlineData("""{"kind":"fixed","units":[{"name":"second","price":79228162514264337593543950335,"per":1}]}""")]
    [InlineData("""{"kind":"fixed","units":[{"name":"token","price":2,"per":1}]}""")]
    [InlineData("""{"kind":"fixed","units":[{"name":"video","price":2,"per":1},{"name":"token","price":2,"per":1}]}""")]
    [InlineData("""{"kind":"variants","variants":[{"when":{"resolution":"480p"},"price":1,"unit":"video","per":1}]}""")]
    [InlineData("""{"kind":"variants","variants":[{"when":{"duration":{"max":5}},"price":1,"unit":"video","per":1},{"price":2,"unit":"video","per":1}]}""")]
    [InlineData("""{"kind":"variants","variants":[{"when":{"sound":true},"price":1,"unit":"video","per":1},{"when":{"sound":false},"price":2,"unit":"video","per":1}]}""")]
    [InlineData("""{"kind":"variants","variants":[7]}""")]
    public async Task A_price_that_is_not_certain_is_unknown_and_never_0(string pricing)
    {
        using var service = Listing(pricing);

        AssertUnknown(await EstimateAsync(service, Request(null, null)));
    }

    [Theory]
    [InlineData("""{"resolution":"1080p","duration":"15"}""", 2.925)]
    [InlineData("""{"resolution":"480p"}""", null)]
    [InlineData("""{"duration":null}""", null)]
    [InlineData("""{"duration":{"seconds":5}}""", null)]
    public async Task A_field_of_the_callers_own_counts_as_it_is_sent(string additional, double? usd)
    {
        using var service = Listing(BySecond);
        var request = Request("720p", 5) with { AdditionalProperties = JsonNode.Parse(additional)!.AsObject().ToDictionary(field => field.Key, field => field.Value) };

        Assert.Equal((decimal?)usd, (await EstimateAsync(service, request)).Usd);
    }

    [Theory]
    [InlineData("""{"data":[]}""")]
    [InlineData("""{"data":[{"id":"alibaba/wan-2-7-t2v-turbo","pricing":{"kind":"fixed","units":[{"name":"video","price":2,"per":1}]}}]}""")]
    [InlineData("""{"data":[{"id":"alibaba/wan-2-7-t2v"}]}""")]
    [InlineData("""{"data":7}""")]
    [InlineData("<html>")]
    public async Task A_list_without_the_model_or_its_price_is_unknown(string list)
    {
        using var service = ScriptedService.Responding(TestResponse.Json(list));

        AssertUnknown(await EstimateAsync(service, Samples.Text));
    }

    [Theory]
    [InlineData(998, true)]
    [InlineData(999, false)]
    public async Task A_list_of_up_to_1000_prices_conditions_and_values_is_read(int values, bool isRead)
    {
        var resolutions = string.Join(',', Enumerable.Repeat("\"1080p\"", values));
        using var service = Listing($$"""{"kind":"variants","variants":[{"when":{"resolution":[{{resolutions}}]},"price":2,"unit":"video","per":1}]}""");

        Assert.Equal(isRead ? 2m : null, (await EstimateAsync(service, Request(null, null))).Usd);
    }

    [Fact]
    public async Task A_model_is_found_by_an_alias()
    {
        using var service = ScriptedService.Responding(TestResponse.Json(
            """{"data":[{"id":"alibaba/wan-2-7-t2v","aliases":["wan-2-7-t2v"],"pricing":{"kind":"fixed","units":[{"name":"video","price":2,"per":1}]}}]}"""));

        Assert.Equal(2m, (await EstimateAsync(service, Samples.Text with { Model = "wan-2-7-t2v" })).Usd);
    }

    [Fact]
    public async Task A_list_is_remembered_for_an_hour()
    {
        using var service = Listing(BySecond);
        await EstimateAsync(service, Request("720p", 5));
        var read = service.Clock.GetUtcNow();

        service.Clock.Advance(TimeSpan.FromMinutes(59));
        var remembered = await EstimateAsync(service, Request("1080p", 10));
        Assert.Single(service.Requests);
        service.Clock.Advance(TimeSpan.FromMinutes(1));
        var renewed = await EstimateAsync(service, Request("1080p", 10));

        Assert.Equal(2, service.Requests.Count);
        Assert.Equal((read, 1.95m), (remembered.AsOf, remembered.Usd));
        Assert.True(renewed.AsOf - read >= TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_is_unknown_and_not_asked_for_again_for_30_seconds()
    {
        using var service = ScriptedService.Responding(TestResponse.Status(503));
        AssertUnknown(await EstimateAsync(service, Samples.Text));
        Assert.Equal(4, service.Requests.Count);

        AssertUnknown(await EstimateAsync(service, Samples.Text));
        Assert.Equal(4, service.Requests.Count);
        service.Clock.Advance(TimeSpan.FromSeconds(30));
        AssertUnknown(await EstimateAsync(service, Samples.Text));
        Assert.Equal(8, service.Requests.Count);
    }

    [Fact]
    public async Task A_list_that_never_arrives_times_out_after_one_attempt()
    {
        using var service = ScriptedService.Responding();
        service.Respond(_ =>
        {
            service.Clock.Advance(service.Options.AttemptTimeout);
            return TestResponse.Lost(new TaskCanceledException());
        });

        AssertUnknown(await EstimateAsync(service, Samples.Text));
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task A_canceled_estimate_throws()
    {
        using var service = Listing(BySecond);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.Client.EstimateCostAsync(Samples.Text, new CancellationToken(canceled: true)));
    }

    private static void AssertUnknown(GenerationCost cost)
    {
        Assert.Equal((false, null, null), (cost.IsFinal, cost.Usd, cost.Source));
        Assert.NotNull(cost.Reason);
    }

    private static ScriptedService Listing(string pricing) =>
        ScriptedService.Responding(TestResponse.Json($$"""{"data":[{"id":"{{TextToVideoRequest.DefaultModel}}","pricing":{{pricing}}}]}"""));

    private static TextToVideoRequest Request(string? resolution, int? seconds) => Samples.Text with
    {
        Resolution = resolution is null ? null : new VideoResolution(resolution),
        Duration = seconds is { } length ? new VideoDuration(length) : null,
    };

    private static Task<GenerationCost> EstimateAsync(ScriptedService service, VideoGenerationRequest request) =>
        service.RunAsync((client, cancellation) => client.EstimateCostAsync(request, cancellation));
}
