using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Wan27.Sdk.Errors;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>Valid JSON that does not describe a generation as it should.</summary>
public sealed class GenerationResponseTests
{
    private const string Lost = "Create: reconciled. Get: 4 attempts, then `WanApiException`";

    [Fact]
    [Fault(50, "Create, Get", "Accepted; the last one counts")]
    public async Task Duplicate_keys()
    {
        var generation = await ReadAsync(
            $$"""{"id":"other","status":"error","id":"{{FaultFixture.GenerationId}}","status":"queued","status":"completed"}""", lost: true);

        Assert.Null(generation);
        Assert.Equal(
            GenerationStatus.Completed,
            (await ReadAsync($$"""{"id":"{{FaultFixture.GenerationId}}","status":"queued","status":"completed"}"""))!.Status);
    }

    [Fact]
    [Fault(51, "Create, Get", Lost)]
    public Task Two_ids_that_differ() => LostAsync($$"""{"id":"{{FaultFixture.GenerationId}}","generation_id":"another","status":"queued"}""");

    [Theory]
    [InlineData("1e400")]
    [InlineData("-1e400")]
    [InlineData("\"NaN\"")]
    [InlineData("\"Infinity\"")]
    [InlineData("{}")]
    [Fault(52, "Create, Get", "Accepted; the cost is not invented, and the reported value is kept")]
    public async Task A_cost_of_1e400(string cost)
    {
        var generation = await ReadAsync(
            $$$"""{"id":"{{{FaultFixture.GenerationId}}}","status":"queued","meta":{"usage":{"usd_spent":{{{cost}}},"credits_used":{{{cost}}} } } }""");

        Assert.False(generation!.Cost.IsFinal);
    }

    [Theory]
    [InlineData("paused")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("ok\u0000")]
    [Fault(53, "Wait", "Pending, neither success nor failure: polled to the end of `Timeout`, then `WanWaitTimeoutException`")]
    public async Task An_unknown_status(string status)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => Reply.Json(System.Text.Json.JsonSerializer.Serialize(new { id = FaultFixture.GenerationId, status }));

        var error = await fixture.FailsAsync<WanWaitTimeoutException>(Call.Wait, PollingOptions.Default.Timeout);

        Assert.Equal(FaultFixture.GenerationId, error.GenerationId);
    }

    [Theory]
    [InlineData("COMPLETED")]
    [InlineData("Succeeded")]
    [Fault(54, "Wait", "Read case-insensitively")]
    public async Task A_status_in_mixed_case(string status)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => Reply.Json(
            $$$"""{"id":"{{{FaultFixture.GenerationId}}}","status":"{{{status}}}","video":{"url":"https://cdn.example/video.mp4"}}""");

        Assert.NotNull((await fixture.SucceedsAsync(Call.Wait, PollingOptions.Default.Timeout)).Video);
    }

    [Theory]
    [InlineData("""{"status":"queued"}""")]
    [InlineData("""{"id":"","status":"queued"}""")]
    [InlineData("""{"id":null,"status":"queued"}""")]
    [InlineData("""{"id":{},"status":"queued"}""")]
    [InlineData("""{"id":[],"status":"queued"}""")]
    [InlineData("""{"id":false,"generation_id":"  ","status":"queued"}""")]
    [InlineData($$"""{"id":"gen-{{FaultFixture.Key}}","status":"error"}""")]
    [InlineData("""{"id":"gen-1\nfail: all is lost","status":"error"}""")]
    [Fault(55, "Create", "Reconciled; a value that repeats the key or needs escaping is ignored as an id")]
    public async Task No_id(string json)
    {
        await ReplacedResponse.IsFoundInLogAsync(Reply.Json(json, 201));
        await ReplacedResponse.IsUnknownAsync(Reply.Json(json, 201), SubmissionPhase.Answered);
    }

    [Fact]
    [Fault(56, "Get", "4 attempts, then `WanApiException`")]
    public async Task Another_id_than_asked_for() =>
        _ = await ReplacedResponse.EndsReadsAsync<WanApiException>(Reply.Json("""{"id":"another","status":"completed"}"""));

    [Fact]
    [Fault(57, "Create", "Reconciled; the id in it is ignored")]
    public async Task A_response_to_another_submission()
    {
        var crossed = Reply.Json("""{"id":"another","status":"queued"}""", 201, "x-inference-id: another", "x-client-request-id: order-2");

        await ReplacedResponse.IsFoundInLogAsync(crossed);
        await ReplacedResponse.IsUnknownAsync(crossed, SubmissionPhase.Answered);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("\"\"")]
    [InlineData("{\"url\":null}")]
    [InlineData("{\"url\":{}}")]
    [Fault(58, "Wait", "Polled 3 times more, then `WanApiException` with the id of the generation")]
    public async Task Completed_without_a_URL(string video)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => Reply.Json($$"""{"id":"{{FaultFixture.GenerationId}}","status":"completed","video":{{video}}}""");

        var error = await fixture.FailsAsync<WanApiException>(Call.Wait, TimeSpan.FromMinutes(2));

        Assert.Equal((FaultFixture.GenerationId, 4), (error.GenerationId, fixture.Server.Requests.Count));
    }

    [Fact]
    [Fault(59, "Create, Wait", "`WanGenerationFailedException` with the reason, without control characters; a failed generation is not charged")]
    public async Task A_generation_that_failed()
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => Reply.Json(
            $$$"""{"id":"{{{FaultFixture.GenerationId}}}","status":"error","error":{"name":"Bad\u001b[31m","message":"see https://a.example/?k={{{Secrets.Canary}}}"}}""");

        var created = await fixture.FailsAsync<WanGenerationFailedException>(Call.Create, TimeSpan.Zero);
        var waited = await fixture.FailsAsync<WanGenerationFailedException>(Call.Wait, TimeSpan.FromSeconds(20));

        Assert.Equal((FaultFixture.GenerationId, FaultFixture.GenerationId), (created.GenerationId, waited.GenerationId));
        Assert.DoesNotContain('\u001b', created.Message);
    }

    private static Task LostAsync(string json) => ReplacedResponse.LosesResponsesAsync<WanApiException>(Reply.Json(json), SubmissionPhase.Answered);

    private static async Task<VideoGeneration?> ReadAsync(string json, bool lost = false)
    {
        if (lost)
        {
            await LostAsync(json);
            return null;
        }

        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => Reply.Json(json);
        _ = await fixture.SucceedsAsync(Call.Create, TimeSpan.Zero);
        return await fixture.SucceedsAsync(Call.Get, TimeSpan.Zero);
    }
}
