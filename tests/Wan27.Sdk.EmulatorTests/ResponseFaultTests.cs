using System.Net;
using System.Text.Json;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests;

public sealed class ResponseFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_error_after_accepting_creates_a_generation_and_before_does_not()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Status(503), EmulatorFault.Status(502).AfterAccepting());

        using var before = await fixture.SubmitAsync(clientRequestId: "one");
        Assert.Empty(fixture.Emulator.Ledger.Submissions);
        using var after = await fixture.SubmitAsync(clientRequestId: "two");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.BadGateway), (before.StatusCode, after.StatusCode));
        Assert.Equal("two", fixture.Emulator.Ledger.Submissions.Single().ClientRequestId);
        Assert.False(after.Headers.Contains("x-inference-id"));
        Assert.Equal(2, fixture.Emulator.Ledger.CompleteSubmissionBodies);
        Assert.Equal(["status 503", "status 502"], fixture.Emulator.Ledger.Requests.Select(request => request.Fault!.ToString()));
    }

    [Fact]
    public async Task A_429_can_have_a_Retry_After_and_an_inference_id()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(
            EmulatorFault.Status(429),
            EmulatorFault.Status(429, TimeSpan.FromSeconds(7)),
            EmulatorFault.Status(429).WithHeader("Retry-After", "soon"),
            EmulatorFault.Status(429).AfterAccepting().WithInferenceId());

        using var plain = await fixture.SubmitAsync();
        using var delayed = await fixture.SubmitAsync();
        using var invalid = await fixture.SubmitAsync();
        using var admitted = await fixture.SubmitAsync();

        Assert.Null(plain.Headers.RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(7), delayed.Headers.RetryAfter!.Delta);
        Assert.Equal("soon", invalid.Headers.NonValidated["Retry-After"].ToString());
        Assert.Equal(fixture.Emulator.Ledger.Submissions.Single().Id, admitted.Headers.GetValues("x-inference-id").Single());
    }

    [Fact]
    public async Task A_fault_without_limit_occurs_until_it_is_cleared()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Status(500).On(EmulatorOperations.Get | EmulatorOperations.Billing).Always());
        var id = await fixture.CreateGenerationAsync();

        for (var read = 0; read < 5; read++)
        {
            using var failed = await fixture.GetAsync($"v2/video/generations?generation_id={id}");
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        }

        fixture.Emulator.Faults.Clear();
        Assert.Equal("queued", (string?)(await fixture.GetGenerationAsync(id))["status"]);
    }

    [Fact]
    public async Task A_fault_with_a_predicate_affects_only_matching_requests()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Status(504).When(request => request.ClientRequestId == "matching").Times(2));

        using var other = await fixture.SubmitAsync(clientRequestId: "other");
        using var first = await fixture.SubmitAsync(clientRequestId: "matching");
        using var second = await fixture.SubmitAsync(clientRequestId: "matching");
        using var third = await fixture.SubmitAsync(clientRequestId: "matching");

        Assert.Equal([201, 504, 504, 201], new[] { other, first, second, third }.Select(response => (int)response.StatusCode));
    }

    [Fact]
    public async Task The_seed_determines_which_requests_a_rate_affects()
    {
        var (one, same, other) = (await DrawAsync(1), await DrawAsync(1), await DrawAsync(2));

        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
        Assert.InRange(one.Count(status => status == 503), 20, 44);

        static async Task<int[]> DrawAsync(int seed)
        {
            await using var fixture = await EmulatorFixture.StartAsync(options => options.Seed = seed);
            fixture.Emulator.Faults.Add(EmulatorFault.Status(503).AtRate(0.5));
            var statuses = new int[64];
            for (var number = 0; number < statuses.Length; number++)
            {
                using var response = await fixture.SubmitAsync();
                statuses[number] = (int)response.StatusCode;
            }

            return statuses;
        }
    }

    [Fact]
    public async Task A_truncated_HTML_or_empty_body_arrives_as_a_complete_HTTP_message()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(
            EmulatorFault.TruncateBody(30),
            EmulatorFault.Html(),
            EmulatorFault.RespondWith(200, null, "").AfterAccepting());

        using var truncated = await fixture.SubmitAsync();
        using var html = await fixture.SubmitAsync();
        using var empty = await fixture.SubmitAsync();

        Assert.Equal(HttpStatusCode.Created, truncated.StatusCode);
        _ = await Assert.ThrowsAnyAsync<JsonException>(() => EmulatorFixture.ReadJsonAsync(truncated));
        Assert.True(truncated.Headers.Contains("x-inference-id"));
        Assert.Equal("text/html", html.Content.Headers.ContentType!.MediaType);
        Assert.Equal(0, empty.Content.Headers.ContentLength);
        Assert.Equal(3, fixture.Emulator.Ledger.Submissions.Count);
    }

    [Fact]
    public async Task A_redirected_submission_is_counted_at_the_other_origin()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        using var redirectingClient = new HttpClient();
        var source = new Uri(fixture.Emulator.BaseAddress, "v2/video/generations");
        var target = new Uri(fixture.Emulator.FilesAddress, "v2/video/generations");
        fixture.Emulator.Faults.Add(EmulatorFault.Redirect(target).Times(2));

        using var redirect = await fixture.SubmitAsync();
        Assert.Equal(HttpStatusCode.TemporaryRedirect, redirect.StatusCode);
        Assert.Equal(1, fixture.Emulator.Ledger.CompleteSubmissionBodies);

        using var content = new StringContent(EmulatorFixture.TextToVideo);
        using var followed = await redirectingClient.PostAsync(source, content, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, followed.StatusCode);
        Assert.Equal(3, fixture.Emulator.Ledger.CompleteSubmissionBodies);
        Assert.Empty(fixture.Emulator.Ledger.Submissions);
    }

    [Fact]
    public async Task Faults_can_be_combined()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.Status(502).AfterAccepting().And(EmulatorFault.CloseAt(5).OfBody()));

        using var request = new HttpRequestMessage(HttpMethod.Post, "v2/video/generations");
        request.Content = new StringContent(EmulatorFixture.TextToVideo);
        using var response = await fixture.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync(Cancellation));
        _ = Assert.Single(fixture.Emulator.Ledger.Submissions);
    }

    [Fact]
    public void Arguments_outside_their_range_are_rejected()
    {
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.Status(99));
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.ResetAt(-1));
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.Slow(0));
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.Html().Times(0));
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.Html().AtRate(double.NaN));
    }
}
