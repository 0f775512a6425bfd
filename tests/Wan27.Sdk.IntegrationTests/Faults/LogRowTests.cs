using Wan27.Sdk.IntegrationTests.Faults.Bench;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Faults;

/// <summary>A log in which a lost submission has to be found.</summary>
public sealed class LogRowTests
{
    private const string Unknown = "`WanSubmissionUnknownException` at the end of `ReconciliationTimeout`";

    private static string MatchingRow => Row("order-1", FaultFixture.GenerationId);

    [Fact]
    [Fault(129, "Create", "Found when it appears, within `ReconciliationTimeout`")]
    public async Task A_row_that_appears_late()
    {
        await using var fixture = Losing((_, logs) => logs < 4 ? Page("") : Page(MatchingRow));

        Assert.Equal(FaultFixture.GenerationId, (await fixture.SucceedsAsync(Call.Create, FaultFixture.Search)).Id);
    }

    [Fact]
    [Fault(130, "Create", "Found by the next search")]
    public async Task A_row_hidden_by_a_moving_page()
    {
        await using var fixture = Losing((_, logs) => logs switch
        {
            1 => Page(Row("order-0", "a"), hasMore: true),
            2 => Page(Row("order-0", "a")),
            3 => Page(Row("order-2", "b"), hasMore: true),
            _ => Page(MatchingRow),
        });

        Assert.Equal(FaultFixture.GenerationId, (await fixture.SucceedsAsync(Call.Create, FaultFixture.Search)).Id);
    }

    [Fact]
    [Fault(131, "Create", "One generation")]
    public async Task A_row_that_appears_twice()
    {
        await using var fixture = Losing((_, _) => Page($"{MatchingRow},{MatchingRow}"));

        Assert.Equal(FaultFixture.GenerationId, (await fixture.SucceedsAsync(Call.Create, TimeSpan.Zero)).Id);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("\"ORDER-1\"")]
    [InlineData("\" order-1\"")]
    [InlineData("\"order-10\"")]
    [InlineData("7")]
    [Fault(132, "Create", Unknown + "; an id is matched exactly")]
    public async Task A_row_whose_id_almost_matches(string id)
    {
        await using var fixture = Losing((_, _) => Page($$"""{"client_request_id":{{id}},"inference_id":"another"}"""));

        var error = await fixture.FailsAsync<WanSubmissionUnknownException>(Call.Create, FaultFixture.Search);

        Assert.Empty(error.CandidateGenerationIds);
    }

    [Fact]
    [Fault(133, "Create", "`WanSubmissionUnknownException` at once, with both")]
    public async Task Two_generations_under_one_id()
    {
        await using var fixture = Losing((_, _) => Page($"{MatchingRow},{Row("order-1", "another")}"));

        var error = await fixture.FailsAsync<WanSubmissionUnknownException>(Call.Create, TimeSpan.Zero);

        Assert.Equal([FaultFixture.GenerationId, "another"], error.CandidateGenerationIds);
    }

    [Fact]
    [Fault(134, "Create", Unknown + "; each search ends after 100 pages")]
    public async Task A_log_without_end()
    {
        await using var fixture = Losing((_, _) => Page(Row("order-0", "a"), hasMore: true));

        _ = await fixture.FailsAsync<WanSubmissionUnknownException>(Call.Create, FaultFixture.Search);

        Assert.Equal(0, (fixture.Server.Requests.Count - 1) % 100);
    }

    [Theory]
    [InlineData("""{"data":null}""")]
    [InlineData("""{"data":[null,7,"x",[]],"pagination":7}""")]
    [InlineData("""{"data":[{"client_request_id":"order-1"},{"client_request_id":"order-1","inference_id":""}]}""")]
    [InlineData("""{"data":[{"client_request_id":"order-1","inference_id":{}},{"client_request_id":"order-1","inference_id":"  "}]}""")]
    [InlineData("""{"data":[{"client_request_id":"order-1","inference_id":"a","inference_id":"b"}]}""")]
    [InlineData("""{"data":[{"client_request_id":"order-2","client_request_id":"order-1","inference_id":"a"}]}""")]
    [InlineData("[]")]
    [Fault(135, "Create", Unknown)]
    public async Task A_log_of_malformed_rows(string page)
    {
        await using var fixture = Losing((_, _) => Reply.Json(page));

        _ = await fixture.FailsAsync<WanSubmissionUnknownException>(Call.Create, FaultFixture.Search);
    }

    /// <summary>A fixture whose submissions are accepted and get no response.</summary>
    private static FaultFixture Losing(Func<FaultFixture, int, Reply> log)
    {
        var fixture = FaultFixture.Start();
        fixture.Server.Replacement = request => request switch
        {
            { Method: "POST" } => Reply.Nothing,
            { Target: var target } when target.StartsWith("/v2/logs", StringComparison.Ordinal) => log(fixture, fixture.Server.Requests.Count - 1),
            _ => null,
        };
        return fixture;
    }

    private static string Row(string clientRequestId, string id) => $$"""{"client_request_id":"{{clientRequestId}}","inference_id":"{{id}}"}""";

    private static Reply Page(string rows, bool hasMore = false) =>
        Reply.Json($$$"""{"data":[{{{rows}}}],"pagination":{"has_more":{{{(hasMore ? "true" : "false")}}} } }""");
}
