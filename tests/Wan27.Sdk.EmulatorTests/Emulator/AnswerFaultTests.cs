using System.Net;
using System.Text.Json;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Emulator;

public sealed class AnswerFaultTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_status_before_accepting_makes_no_task_and_one_after_it_does()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Emulator.Faults.Add(EmulatorFault.Status(503), EmulatorFault.Status(502).AfterAccepting());

        using var before = await host.SubmitAsync(clientRequestId: "one");
        Assert.Empty(host.Emulator.Ledger.Submissions);
        using var after = await host.SubmitAsync(clientRequestId: "two");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.BadGateway), (before.StatusCode, after.StatusCode));
        Assert.Equal("two", host.Emulator.Ledger.Submissions.Single().ClientRequestId);
        Assert.False(after.Headers.Contains("x-inference-id"));
        Assert.Equal(2, host.Emulator.Ledger.CompleteSubmissionBodies);
        Assert.Equal(["status 503", "status 502"], host.Emulator.Ledger.Requests.Select(request => request.Fault!.ToString()));
    }

    [Fact]
    public async Task Too_many_requests_may_say_when_to_come_back_and_what_it_is_about()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Emulator.Faults.Add(
            EmulatorFault.Status(429),
            EmulatorFault.Status(429, TimeSpan.FromSeconds(7)),
            EmulatorFault.Status(429).WithHeader("Retry-After", "soon"),
            EmulatorFault.Status(429).AfterAccepting().WithInferenceId());

        using var bare = await host.SubmitAsync();
        using var polite = await host.SubmitAsync();
        using var odd = await host.SubmitAsync();
        using var admitted = await host.SubmitAsync();

        Assert.Null(bare.Headers.RetryAfter);
        Assert.Equal(TimeSpan.FromSeconds(7), polite.Headers.RetryAfter!.Delta);
        Assert.Equal("soon", odd.Headers.NonValidated["Retry-After"].ToString());
        Assert.Equal(host.Emulator.Ledger.Submissions.Single().Id, admitted.Headers.GetValues("x-inference-id").Single());
    }

    [Fact]
    public async Task A_storm_lasts_until_it_is_cleared()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Emulator.Faults.Add(EmulatorFault.Status(500).On(EmulatorOperations.Get | EmulatorOperations.Billing).Always());
        var id = await host.AcceptAsync();

        for (var read = 0; read < 5; read++)
        {
            using var failed = await host.GetAsync($"v2/video/generations?generation_id={id}");
            Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        }

        host.Emulator.Faults.Clear();
        Assert.Equal("queued", (string?)(await host.ReadAsync(id))["status"]);
    }

    [Fact]
    public async Task A_fault_by_predicate_meets_the_requests_it_is_for_and_waits_for_them()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Emulator.Faults.Add(EmulatorFault.Status(504).When(request => request.ClientRequestId == "victim").Times(2));

        using var other = await host.SubmitAsync(clientRequestId: "other");
        using var first = await host.SubmitAsync(clientRequestId: "victim");
        using var second = await host.SubmitAsync(clientRequestId: "victim");
        using var third = await host.SubmitAsync(clientRequestId: "victim");

        Assert.Equal([201, 504, 504, 201], new[] { other, first, second, third }.Select(answer => (int)answer.StatusCode));
    }

    [Fact]
    public async Task A_rate_is_drawn_from_the_seed()
    {
        var (one, same, other) = (await DrawAsync(1), await DrawAsync(1), await DrawAsync(2));

        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
        Assert.InRange(one.Count(status => status == 503), 20, 44);

        static async Task<int[]> DrawAsync(int seed)
        {
            await using var host = await EmulatorHost.StartAsync(o => o.Seed = seed);
            host.Emulator.Faults.Add(EmulatorFault.Status(503).AtRate(0.5));
            var statuses = new int[64];
            for (var number = 0; number < statuses.Length; number++)
            {
                using var answer = await host.SubmitAsync();
                statuses[number] = (int)answer.StatusCode;
            }

            return statuses;
        }
    }

    [Fact]
    public async Task Spoilt_bodies_arrive_whole_on_the_wire_and_useless()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Emulator.Faults.Add(EmulatorFault.TruncateBody(30), EmulatorFault.Html(), EmulatorFault.RespondWith(200, null, "").AfterAccepting());

        using var truncated = await host.SubmitAsync();
        using var html = await host.SubmitAsync();
        using var empty = await host.SubmitAsync();

        Assert.Equal(HttpStatusCode.Created, truncated.StatusCode);
        _ = await Assert.ThrowsAnyAsync<JsonException>(() => EmulatorHost.JsonAsync(truncated));
        Assert.True(truncated.Headers.Contains("x-inference-id"));
        Assert.Equal("text/html", html.Content.Headers.ContentType!.MediaType);
        Assert.Equal(0, empty.Content.Headers.ContentLength);
        Assert.Equal(3, host.Emulator.Ledger.Submissions.Count);
    }

    [Fact]
    public async Task A_redirect_leads_to_another_origin_that_counts_what_follows_it()
    {
        await using var host = await EmulatorHost.StartAsync();
        using var credulous = new HttpClient();
        host.Emulator.Faults.Add(EmulatorFault.Redirect(new Uri(host.Emulator.FilesAddress, "v2/video/generations")).Times(2));

        using var seen = await host.SubmitAsync();
        Assert.Equal(HttpStatusCode.TemporaryRedirect, seen.StatusCode);
        Assert.Equal(1, host.Emulator.Ledger.CompleteSubmissionBodies);

        using var content = new StringContent(EmulatorHost.TextToVideo);
        using var followed = await credulous.PostAsync(new Uri(host.Emulator.BaseAddress, "v2/video/generations"), content, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, followed.StatusCode);
        Assert.Equal(3, host.Emulator.Ledger.CompleteSubmissionBodies);
        Assert.Empty(host.Emulator.Ledger.Submissions);
    }

    [Fact]
    public async Task Faults_add_up()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Emulator.Faults.Add(EmulatorFault.Status(502).AfterAccepting().And(EmulatorFault.CloseAt(5).OfBody()));

        using var request = new HttpRequestMessage(HttpMethod.Post, "v2/video/generations") { Content = new StringContent(EmulatorHost.TextToVideo) };
        using var answer = await host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer.Content.ReadAsStringAsync(Cancellation));
        _ = Assert.Single(host.Emulator.Ledger.Submissions);
    }

    [Fact]
    public void Numbers_outside_their_range_are_refused()
    {
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.Status(99));
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.ResetAt(-1));
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.Slow(0));
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.Html().Times(0));
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => EmulatorFault.Html().AtRate(double.NaN));
    }
}
