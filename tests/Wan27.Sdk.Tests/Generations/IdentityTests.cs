using System.Text.Json;
using Wan27.Sdk.Generations;

namespace Wan27.Sdk.Tests.Generations;

/// <summary>Which values are ids, and which only look like one.</summary>
public sealed class IdentityTests
{
    private const string NoRows = """{"data":[],"pagination":{"has_more":false}}""";

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("false")]
    [InlineData("true")]
    [InlineData("\"\"")]
    [InlineData("\"   \"")]
    [InlineData("[\"gen-1\"]")]
    public async Task A_submission_whose_id_is_neither_text_nor_a_number_is_reconciled(string id)
    {
        using var service = ScriptedService.Guarded(TestResponse.Json($$"""{"id":{{id}},"status":"queued"}"""));
        service.Respond(request => request.Uri.AbsolutePath != "/v2/logs" ? TestResponse.Generation("queued")
            : TestResponse.Json($$$"""{"data":[{"client_request_id":"order-1","inference_id":{{{id}}}},{"client_request_id":"order-1","inference_id":"gen-1"}],"pagination":{"has_more":false}}"""));

        var generation = await service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation));

        Assert.Equal("gen-1", generation.Id);
        Assert.Single(service.Posts);
    }

    [Theory]
    [InlineData("""{"client_request_id":"order-1","inference_id":"gen-8","inference_id":"gen-9"}""")]
    [InlineData("""{"client_request_id":"order-2","client_request_id":"order-1","inference_id":"gen-9"}""")]
    [InlineData("""{"client_request_id":["order-1"],"inference_id":"gen-9"}""")]
    [InlineData("""{"client_request_id":"order-1","inference_id":{"id":"gen-9"}}""")]
    [InlineData("""{"client_request_id":"order-1","inference_id":false}""")]
    [InlineData("""{"client_request_id":"order-1","inference_id":" "}""")]
    [InlineData("""{"client_request_id":"order-1","inference_id":"gen-9\ud83d"}""")]
    public async Task A_row_of_the_log_that_contradicts_itself_names_nothing(string row)
    {
        using var service = ScriptedService.Guarded(TestResponse.Status(504));
        service.Respond(request => request.Uri.AbsolutePath == "/v2/logs"
            ? TestResponse.Json($$$"""{"data":[{{{row}}}],"pagination":{"has_more":false}}""") : TestResponse.Generation("queued", id: "gen-9"));

        var error = await Assert.ThrowsAsync<WanSubmissionUnknownException>(
            () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));

        Assert.Null(error.GenerationId);
        Assert.Empty(error.CandidateGenerationIds);
    }

    [Theory]
    [InlineData("""{"client_request_id":"\ud83d","inference_id":"gen-8"}""")]
    [InlineData("""{"client_request_id":"order-1","inference_id":"\ud83d"}""")]
    [InlineData("""{"\ud83d":0,"client_request_id":"order-2","inference_id":"gen-8"}""")]
    [InlineData("""{"client_request_id":"order-1","inference_id":"gen-8","inference_id":"gen-9"}""")]
    public async Task A_row_of_the_log_that_names_nothing_hides_no_other(string row)
    {
        using var service = ScriptedService.Guarded(TestResponse.Status(504));
        service.Respond(request => request.Uri.AbsolutePath == "/v2/logs"
            ? TestResponse.Json($$$"""{"data":[{{{row}}},{"client_request_id":"order-1","inference_id":"gen-1"}],"pagination":{"has_more":false}}""") : TestResponse.Generation("queued"));

        var generation = await service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation));

        Assert.Equal("gen-1", generation.Id);
    }

    [Fact]
    public async Task A_body_with_two_client_request_ids_is_unclear()
    {
        using var service = ScriptedService.Guarded(TestResponse.Json("""{"id":"gen-9","client_request_id":"order-1","client_request_id":"order-2"}"""), TestResponse.Json(NoRows));

        await Assert.ThrowsAsync<WanSubmissionUnknownException>(
            () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));

        Assert.DoesNotContain(service.Requests, request => request.Uri.Query.Contains("gen-9", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"id":7}""", "7")]
    [InlineData("""{"id":[],"generation_id":"gen-1"}""", "gen-1")]
    [InlineData("""{"id":null,"generation_id":12345678901234567890}""", "12345678901234567890")]
    [InlineData("""{"id":"gen-1","generation_id":"gen-1"}""", "gen-1")]
    public void A_number_and_either_name_are_ids(string json, string id)
    {
        using var document = JsonDocument.Parse(json);

        Assert.Equal(id, GenerationReader.Read(document.RootElement).Id);
    }

    [Fact]
    public async Task The_search_of_the_log_ends_with_the_second_generation()
    {
        var rows = string.Join(',', Enumerable.Range(0, 100).Select(i => $$$"""{"client_request_id":"order-1","inference_id":"gen-{{{i}}}"}"""));
        using var service = ScriptedService.Guarded(
            TestResponse.Status(504), TestResponse.Json($$$"""{"data":[{{{rows}}}],"pagination":{"has_more":true}}"""));

        var error = await Assert.ThrowsAsync<WanSubmissionUnknownException>(
            () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));

        Assert.Equal(["gen-0", "gen-1"], error.CandidateGenerationIds);
        Assert.Equal(2, service.Requests.Count);
    }
}
