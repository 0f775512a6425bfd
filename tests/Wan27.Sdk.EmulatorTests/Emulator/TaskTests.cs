using System.Net;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Emulator;

public sealed class TaskTests
{
    [Fact]
    public async Task A_task_goes_from_queued_to_generating_to_completed_as_the_clock_says()
    {
        await using var host = await EmulatorHost.StartAsync(o => (o.QueuedFor, o.GeneratingFor) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(8)));
        var id = await host.AcceptAsync();

        Assert.Equal("queued", (string?)(await host.ReadAsync(id))["status"]);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("generating", (string?)(await host.ReadAsync(id))["status"]);
        host.Clock.Advance(TimeSpan.FromMinutes(8) - TimeSpan.FromTicks(1));
        Assert.Null((await host.ReadAsync(id))["video"]);
        host.Clock.Advance(TimeSpan.FromTicks(1));

        var completed = await host.ReadAsync(id);
        Assert.Equal("completed", (string?)completed["status"]);
        Assert.NotEqual(host.Emulator.BaseAddress.Authority, EmulatorHost.UrlOf(completed).Authority);
        Assert.Equal(0.65m, (decimal)completed["meta"]!["usage"]!["usd_spent"]!);
    }

    [Fact]
    public async Task An_accepted_submission_is_answered_as_the_service_answers()
    {
        await using var host = await EmulatorHost.StartAsync();

        using var answer = await host.SubmitAsync("""{"model":"alibaba/wan-2-7-t2v","prompt":"p"}""", "order-1:a._");
        var body = await EmulatorHost.JsonAsync(answer);

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Matches("^[A-Za-z0-9_-]{21}$", (string)body["id"]!);
        Assert.Equal((string?)body["id"], answer.Headers.GetValues("x-inference-id").Single());
        Assert.Equal("order-1:a._", answer.Headers.GetValues("x-client-request-id").Single());
        Assert.Equal("3900000", answer.Headers.GetValues("x-aimlapi-credits-used").Single());
        Assert.Equal(3_900_000, (long)body["meta"]!["usage"]!["credits_used"]!);
        Assert.Equal(1.95m, decimal.Parse(answer.Headers.GetValues("x-aimlapi-usd-spent").Single(), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(host.Clock.GetUtcNow(), answer.Headers.Date);
        Assert.True(answer.Headers.Contains("x-request-id"));
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    [InlineData("a/b")]
    public async Task A_client_request_id_outside_the_alphabet_is_dropped_in_silence(string id)
    {
        await using var host = await EmulatorHost.StartAsync();

        using var answer = await host.SubmitAsync(clientRequestId: Uri.EscapeDataString(id));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.False(answer.Headers.Contains("x-client-request-id"));
        Assert.Null(host.Emulator.Ledger.Submissions.Single().ClientRequestId);
    }

    [Fact]
    public async Task An_unknown_id_is_not_found_and_a_missing_one_is_a_bad_request()
    {
        await using var host = await EmulatorHost.StartAsync();

        using var unknown = await host.GetAsync("v2/video/generations?generation_id=nothing");
        using var missing = await host.GetAsync("v2/video/generations");

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("application/problem+json", unknown.Content.Headers.ContentType!.MediaType);
        Assert.Equal(404, (int)(await EmulatorHost.JsonAsync(unknown))["status"]!);
        Assert.Equal(HttpStatusCode.BadRequest, missing.StatusCode);
    }

    [Fact]
    public async Task The_same_seed_draws_the_same_ids()
    {
        await using var one = await EmulatorHost.StartAsync(o => o.Seed = 5);
        await using var same = await EmulatorHost.StartAsync(o => o.Seed = 5);
        await using var other = await EmulatorHost.StartAsync(o => o.Seed = 6);

        var id = await one.AcceptAsync();
        Assert.Equal(id, await same.AcceptAsync());
        Assert.NotEqual(id, await other.AcceptAsync());
    }

    [Fact]
    public async Task A_scripted_failure_has_its_error_and_costs_nothing()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Emulator.Script(EmulatorScript.FailWith("ContentPolicy", "not this one"));
        host.Emulator.Script(EmulatorScript.FailWithDetail("image too small", "body", "image_url"));
        var (named, detailed) = (await host.AcceptAsync(), await host.AcceptAsync());
        host.Clock.Advance(TimeSpan.FromSeconds(4));

        var first = await host.ReadAsync(named);
        Assert.Equal("error", (string?)first["status"]);
        Assert.Equal("ContentPolicy", (string?)first["error"]!["name"]);
        Assert.Equal("image too small", (string?)(await host.ReadAsync(detailed))["error"]!["detail"]![0]!["msg"]);
        Assert.Empty(host.Emulator.Ledger.Charges);
        Assert.Equal(100m, host.Emulator.Ledger.Balance);
    }

    [Fact]
    public async Task Scripted_statuses_come_in_order_and_the_first_success_is_charged_once()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Emulator.Script(EmulatorScript.RespondWithStatuses("waiting", "Active", "succeeded"));
        var id = await host.AcceptAsync();

        var seen = new List<string?>();
        for (var read = 0; read < 5; read++)
            seen.Add((string?)(await host.ReadAsync(id))["status"]);

        Assert.Equal(["waiting", "Active", "succeeded", "succeeded", "succeeded"], seen);
        Assert.Equal(0.65m, host.Emulator.Ledger.TotalCharged);
    }

    [Fact]
    public async Task A_completed_task_may_come_without_its_url_for_some_reads()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Emulator.Script(EmulatorScript.CompleteWithoutUrl(2) with { QueuedFor = TimeSpan.Zero, GeneratingFor = TimeSpan.Zero });
        var id = await host.AcceptAsync();

        Assert.Null((await host.ReadAsync(id))["video"]);
        Assert.Null((await host.ReadAsync(id))["video"]);
        Assert.NotNull((await host.ReadAsync(id))["video"]);
    }

    [Fact]
    public async Task A_scripted_answer_replaces_the_body_and_fills_its_blanks()
    {
        await using var host = await EmulatorHost.StartAsync();
        host.Emulator.Script(task => task.ClientRequestId == "odd", EmulatorScript.RespondWith("""{"generation_id":"{id}","status":"{status}","video":["{url}"]}"""));

        var (plain, odd) = (await host.AcceptAsync(), await host.AcceptAsync(clientRequestId: "odd"));

        Assert.Equal(plain, (string?)(await host.ReadAsync(plain))["id"]);
        var answer = await host.ReadAsync(odd);
        Assert.Equal(odd, (string?)answer["generation_id"]);
        Assert.Equal("queued", (string?)answer["status"]);
        Assert.StartsWith(host.Emulator.FilesAddress.AbsoluteUri, (string)answer["video"]![0]!, StringComparison.Ordinal);
    }
}
