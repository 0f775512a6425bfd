using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Wan27.Sdk.Errors;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>HTTP statuses other than success.</summary>
public sealed class StatusTests
{
    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(413)]
    [InlineData(415)]
    [InlineData(422)]
    [Fault(60, "Create, Get", "`WanApiException` at once, not tried again; no generation exists")]
    public async Task A_refusal(int status)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => Echoing(status);

        var submission = await fixture.FailsAsync<WanApiException>(Call.Create, TimeSpan.Zero, exactly: false);
        var read = await fixture.FailsAsync<WanApiException>(Call.Get, TimeSpan.Zero, exactly: false);

        Assert.Equal((status, status, 2), ((int)submission.StatusCode, (int)read.StatusCode, fixture.Server.Requests.Count));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(522)]
    [InlineData(408)]
    [Fault(61, "Create, Get", "Create: reconciled. Get: 4 attempts, then `WanApiException`")]
    public Task An_error_of_the_service(int status) =>
        ReplacedResponse.LosesResponsesAsync<WanApiException>(Echoing(status), SubmissionPhase.Answered);

    [Theory]
    [InlineData(409)]
    [InlineData(410)]
    [InlineData(418)]
    [InlineData(425)]
    [InlineData(451)]
    [InlineData(499)]
    [Fault(62, "Create, Get", "Create: reconciled. Get: `WanApiException` at once")]
    public async Task An_unusual_refusal(int status)
    {
        await ReplacedResponse.IsFoundInLogAsync(Echoing(status));
        await ReplacedResponse.IsUnknownAsync(Echoing(status), SubmissionPhase.Answered);
        _ = await ReplacedResponse.EndsReadsAsync<WanApiException>(Echoing(status), reads: 1);
    }

    [Theory]
    [InlineData(600)]
    [InlineData(777)]
    [InlineData(999)]
    [Fault(63, "Create, Get", "Create: reconciled. Get: 4 attempts, then `WanApiException`")]
    public Task A_status_that_does_not_exist(int status) =>
        ReplacedResponse.LosesResponsesAsync<WanApiException>(Echoing(status), SubmissionPhase.Answered);

    [Theory]
    [InlineData(202)]
    [InlineData(206)]
    [InlineData(299)]
    [Fault(64, "Create", "Accepted, as it has an id")]
    public async Task An_unusual_success(int status)
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = _ => Reply.Json($$"""{"id":"{{FaultFixture.GenerationId}}","status":"queued"}""", status);

        Assert.Equal(FaultFixture.GenerationId, (await fixture.SucceedsAsync(Call.Create, TimeSpan.Zero)).Id);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Fault(65, "Create", "Reconciled: a generation may exist")]
    public async Task Status_429_with_the_id_of_a_generation(bool isInHead)
    {
        await using var fixture = FaultFixture.Start();
        var reply = isInHead
            ? Reply.Json("{}", 429, $"x-inference-id: {FaultFixture.GenerationId}")
            : Reply.Json($$"""{"id":"{{FaultFixture.GenerationId}}","status":"queued"}""", 429);
        fixture.Server.Replacement = request => request.Method == "POST" ? reply : null;

        Assert.Equal(FaultFixture.GenerationId, (await fixture.SucceedsAsync(Call.Create, TimeSpan.Zero)).Id);
        Assert.DoesNotContain(fixture.Server.Requests, request => request.Target.StartsWith("/v2/logs", StringComparison.Ordinal));
    }

    [Fact]
    [Fault(66, "Create, Get", "`WanApiException` with the key, the prompt and every signature replaced, control characters escaped, 1,024 characters at most")]
    public async Task An_error_that_repeats_secrets_of_the_request()
    {
        await using var fixture = FaultFixture.Start();
        fixture.Server.Replacement = request => Reply.Json(
            $$"""{"message":"{{new string(' ', 900)}}{{FaultFixture.Key}} {{(request.Method == "POST" ? FaultFixture.Request.Prompt : "")}} \u001b[2J\u202e https://a.example/f?sig={{HostileServer.Signature}}","requestId":"{{FaultFixture.Key}}"}""",
            request.Method == "POST" ? 400 : 404,
            $"x-request-id: {FaultFixture.Key}");

        var submission = await fixture.FailsAsync<WanApiException>(Call.Create, TimeSpan.Zero);
        _ = await fixture.FailsAsync<WanApiException>(Call.Get, TimeSpan.Zero);

        Assert.DoesNotContain(submission.ResponseExcerpt, char.IsControl);
        Assert.InRange(submission.ResponseExcerpt.Length, 1, 1024);
    }

    /// <summary>An error that repeats the request.</summary>
    private static Reply Echoing(int status) => Reply.Json($$"""{"statusCode":{{status}},"message":"no: {{FaultFixture.Key}}"}""", status);
}
