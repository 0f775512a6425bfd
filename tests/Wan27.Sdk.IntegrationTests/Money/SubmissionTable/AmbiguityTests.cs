using Wan27.Sdk.Emulator;
using Wan27.Sdk.Errors;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Money.SubmissionTable;

/// <summary>Rows in which a generation may exist: it is searched for, and the request is never sent again.</summary>
public sealed class AmbiguityTests
{
    private static readonly string[] Empties = ["", "null", "[]", "\"x\"", "{}", "{\"id\":\"\"}", "{\"id\":", "<html>"];

    public static TheoryData<int> UnclearStatuses { get; } = [408, 409, 425, 500, 501, 502, 503, 504, 522, 524, 599];

    public static TheoryData<string> EmptySuccesses { get; } = new(Empties);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(UnclearStatuses))]
    public Task An_unclear_status_after_accepting_is_recovered_through_the_log(int status) =>
        AssertRecoveredAsync(EmulatorFault.Status(status).AfterAccepting());

    [Theory]
    [MemberData(nameof(UnclearStatuses))]
    public Task An_unclear_status_with_the_id_in_its_headers_is_recovered_without_the_log(int status) =>
        AssertRecoveredAsync(EmulatorFault.Status(status).AfterAccepting().WithInferenceId(), searchesLog: false);

    [Theory]
    [MemberData(nameof(UnclearStatuses))]
    public async Task An_unclear_status_without_a_generation_is_unknown(int status)
    {
        var e = await AssertUnknownAsync(EmulatorFault.Status(status));

        Assert.Equal(SubmissionPhase.Answered, e.Phase);
        Assert.Contains($"{status}", e.Evidence[0], StringComparison.Ordinal);
    }

    [Fact]
    public Task Too_many_requests_with_an_id_may_be_a_generation() =>
        AssertRecoveredAsync(EmulatorFault.Status(429).AfterAccepting().WithInferenceId(), searchesLog: false);

    [Fact]
    public Task Too_many_requests_with_an_id_that_is_not_found_are_unknown() => AssertUnknownAsync(EmulatorFault.Status(429).WithInferenceId());

    [Theory]
    [MemberData(nameof(EmptySuccesses))]
    public Task A_success_that_cannot_be_read_is_recovered(string body) =>
        AssertRecoveredAsync(EmulatorFault.RespondWith(200, "application/json", body).AfterAccepting());

    [Fact]
    public Task A_success_without_content_is_recovered() => AssertRecoveredAsync(EmulatorFault.RespondWith(204, null, "").AfterAccepting());

    [Fact]
    public Task A_page_with_status_200_is_recovered() => AssertRecoveredAsync(EmulatorFault.Html());

    [Fact]
    public Task A_truncated_body_is_recovered_by_the_id_in_the_headers() => AssertRecoveredAsync(EmulatorFault.TruncateBody(20), searchesLog: false);

    [Fact]
    public Task Bytes_that_are_not_HTTP_are_recovered() => AssertRecoveredAsync(EmulatorFault.Raw("SSH-2.0-OpenSSH_9.6\r\n"));

    [Fact]
    public Task Headers_of_a_megabyte_are_recovered() =>
        AssertRecoveredAsync(EmulatorFault.Raw($"HTTP/1.1 200 OK\r\nX-Long: {new string('x', 1024 * 1024)}\r\n\r\n"));

    [Fact]
    public Task A_response_to_another_submission_is_not_accepted() => AssertRecoveredAsync(
        EmulatorFault.RespondWith(201, "application/json", """{"id":"someone-elses","status":"queued"}""")
            .AfterAccepting().WithHeader("x-client-request-id", "someone-else"));

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public Task A_connection_closed_after_accepting_is_recovered(int offset) => AssertRecoveredAsync(EmulatorFault.CloseAt(offset));

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public Task A_connection_reset_after_accepting_is_recovered(int offset) => AssertRecoveredAsync(EmulatorFault.ResetAt(offset));

    private static async Task AssertRecoveredAsync(EmulatorFault fault, bool? searchesLog = null)
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Faults.Add(fault.On(EmulatorOperations.Submit).Always());

        var generation = await fixture.Client.CreateAsync(Samples.Text("lost-response"), Cancellation);

        Assert.Equal((Assert.Single(fixture.Ledger.Submissions).Id, "lost-response"), (generation.Id, generation.ClientRequestId));
        Assert.Equal(1, fixture.Ledger.CompleteSubmissionBodies);
        _ = await fixture.Client.WaitAsync(generation.Id, cancellationToken: Cancellation);
        _ = Assert.Single(fixture.Ledger.Charges);
        if (searchesLog is { } expected)
            Assert.Equal(expected, fixture.Ledger.Requests.Any(request => request.Operation is EmulatorOperations.Logs));
    }

    private static async Task<WanSubmissionUnknownException> AssertUnknownAsync(EmulatorFault fault)
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Faults.Add(fault.On(EmulatorOperations.Submit).Always());

        var e = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => fixture.Client.CreateAsync(Samples.Text("lost-response"), Cancellation));

        Assert.Equal("lost-response", e.ClientRequestId);
        Assert.Equal(1, fixture.Ledger.CompleteSubmissionBodies);
        Wording.AssertCareful(e);
        return e;
    }
}
