using System.Net;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Money.SubmissionTable;

/// <summary>Rows in which the service refuses, and no generation exists.</summary>
public sealed class RefusalTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(413)]
    [InlineData(415)]
    [InlineData(422)]
    public async Task A_refusal_is_reported_at_once_and_not_sent_again(int status)
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Status(status).On(EmulatorOperations.Submit).Always());

        var e = await Assert.ThrowsAsync<WanApiException>(() => fixture.Client.CreateAsync(Samples.Text("refused"), Cancellation));

        Assert.Equal(((HttpStatusCode)status, "refused"), (e.StatusCode, e.ClientRequestId));
        Assert.Null(e.GenerationId);
        _ = Assert.Single(fixture.Ledger.Requests);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(400)]
    [InlineData(403)]
    public async Task A_refusal_with_an_unknown_generation_id_is_reported_after_a_read(int status)
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Status(status).WithInferenceId().On(EmulatorOperations.Submit).Always());

        var e = await Assert.ThrowsAsync<WanApiException>(() => fixture.Client.CreateAsync(Samples.Text("refused"), Cancellation));

        Assert.Equal(((HttpStatusCode)status, 1), (e.StatusCode, fixture.Ledger.CompleteSubmissionBodies));
        Assert.Contains(fixture.Ledger.Requests, request => request.Operation is EmulatorOperations.Get);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_an_error_and_not_followed(int status)
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Redirect(fixture.Emulator.FilesAddress, status).On(EmulatorOperations.Submit).Always());

        var e = await Assert.ThrowsAsync<WanApiException>(() => fixture.Client.CreateAsync(Samples.Text(), Cancellation));

        Assert.Equal((HttpStatusCode)status, e.StatusCode);
        _ = Assert.Single(fixture.Ledger.Requests);
    }

    [Fact]
    public async Task A_wrong_key_and_an_empty_account_are_distinguished()
    {
        await using var fixture = await WanFixture.StartAsync(emulator: options => options.Balance = 0.10m);
        var stranger = fixture.NewClient(options => options.ApiKey = "not-the-key");

        var wrong = await Assert.ThrowsAsync<WanApiException>(() => stranger.CreateAsync(Samples.Text(), Cancellation));
        var empty = await Assert.ThrowsAsync<WanApiException>(() => fixture.Client.CreateAsync(Samples.Text(), Cancellation));

        Assert.Equal((HttpStatusCode.Unauthorized, false), (wrong.StatusCode, wrong.IsOutOfCredits));
        Assert.Equal(("err_insufficent_credits", true), (empty.ErrorName, empty.IsOutOfCredits));
        Assert.Empty(fixture.Ledger.Submissions);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(30)]
    [InlineData(60)]
    public async Task Too_many_requests_are_tried_twice_more(int? retryAfter)
    {
        await using var fixture = await WanFixture.StartAsync();
        var delay = retryAfter is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        fixture.Emulator.Faults.Add(EmulatorFault.Status(429, delay).On(EmulatorOperations.Submit).Always());

        var e = await Assert.ThrowsAsync<WanApiException>(() => fixture.Client.CreateAsync(Samples.Text(), Cancellation));

        Assert.Equal((HttpStatusCode.TooManyRequests, delay), (e.StatusCode, e.RetryAfter));
        Assert.Equal(3, fixture.Ledger.Requests.Count);
        Assert.Empty(fixture.Ledger.Submissions);
    }

    [Fact]
    public async Task Temporary_too_many_requests_end_in_one_generation()
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Status(429).On(EmulatorOperations.Submit).Times(2));

        var generation = await fixture.Client.CreateAsync(Samples.Text(), Cancellation);

        Assert.Equal(generation.Id, Assert.Single(fixture.Ledger.Submissions).Id);
        Assert.Equal(3, fixture.Ledger.Requests.Count);
    }

    [Fact]
    public async Task A_wait_longer_than_a_minute_is_reported_and_not_obeyed()
    {
        await using var fixture = await WanFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Status(429, TimeSpan.FromDays(1)).On(EmulatorOperations.Submit).Always());

        var e = await Assert.ThrowsAsync<WanApiException>(() => fixture.Client.CreateAsync(Samples.Text(), Cancellation));

        Assert.Equal(TimeSpan.FromDays(1), e.RetryAfter);
        _ = Assert.Single(fixture.Ledger.Requests);
    }

    [Fact]
    public async Task The_daily_limit_of_the_free_tier_is_not_waited_for()
    {
        await using var fixture = await WanFixture.StartAsync();
        var response = EmulatorFault.RespondWith(429, "application/json", """{"message":"Free-tier limit reached"}""");
        fixture.Emulator.Faults.Add(response.On(EmulatorOperations.Submit).Always());

        var e = await Assert.ThrowsAsync<WanApiException>(() => fixture.Client.CreateAsync(Samples.Text(), Cancellation));

        Assert.Equal(HttpStatusCode.TooManyRequests, e.StatusCode);
        _ = Assert.Single(fixture.Ledger.Requests);
    }
}
