using System.Globalization;
using System.Net;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests;

public sealed class GenerationTests
{
    [Fact]
    public async Task The_clock_moves_a_generation_from_queued_to_generating_to_completed()
    {
        await using var fixture = await EmulatorFixture.StartAsync(options =>
        {
            options.QueuedFor = TimeSpan.FromMinutes(1);
            options.GeneratingFor = TimeSpan.FromMinutes(8);
        });
        var id = await fixture.CreateGenerationAsync();

        Assert.Equal("queued", (string?)(await fixture.GetGenerationAsync(id))["status"]);
        fixture.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("generating", (string?)(await fixture.GetGenerationAsync(id))["status"]);
        fixture.Clock.Advance(TimeSpan.FromMinutes(8) - TimeSpan.FromTicks(1));
        Assert.Null((await fixture.GetGenerationAsync(id))["video"]);
        fixture.Clock.Advance(TimeSpan.FromTicks(1));

        var completed = await fixture.GetGenerationAsync(id);
        Assert.Equal("completed", (string?)completed["status"]);
        Assert.NotEqual(fixture.Emulator.BaseAddress.Authority, EmulatorFixture.GetVideoUrl(completed).Authority);
        Assert.Equal(0.65m, (decimal)completed["meta"]!["usage"]!["usd_spent"]!);
    }

    [Fact]
    public async Task The_response_to_a_submission_matches_that_of_the_service()
    {
        await using var fixture = await EmulatorFixture.StartAsync();

        using var response = await fixture.SubmitAsync("""{"model":"alibaba/wan-2-7-t2v","prompt":"p"}""", "order-1:a._");
        var body = await EmulatorFixture.ReadJsonAsync(response);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Matches("^[A-Za-z0-9_-]{21}$", (string)body["id"]!);
        Assert.Equal((string?)body["id"], response.Headers.GetValues("x-inference-id").Single());
        Assert.Equal("order-1:a._", response.Headers.GetValues("x-client-request-id").Single());
        Assert.Equal("3900000", response.Headers.GetValues("x-aimlapi-credits-used").Single());
        Assert.Equal(3_900_000, (long)body["meta"]!["usage"]!["credits_used"]!);
        var usd = response.Headers.GetValues("x-aimlapi-usd-spent").Single();
        Assert.Equal(1.95m, decimal.Parse(usd, CultureInfo.InvariantCulture));
        Assert.Equal(fixture.Clock.GetUtcNow(), response.Headers.Date);
        Assert.True(response.Headers.Contains("x-request-id"));
    }

    [Theory]
    [InlineData("with space")]
    [InlineData("ümlaut")]
    [InlineData("a/b")]
    public async Task An_invalid_client_request_id_is_dropped_without_an_error(string id)
    {
        await using var fixture = await EmulatorFixture.StartAsync();

        using var response = await fixture.SubmitAsync(clientRequestId: Uri.EscapeDataString(id));

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.False(response.Headers.Contains("x-client-request-id"));
        Assert.Null(fixture.Emulator.Ledger.Submissions.Single().ClientRequestId);
    }

    [Fact]
    public async Task An_unknown_id_is_not_found_and_a_missing_id_is_a_bad_request()
    {
        await using var fixture = await EmulatorFixture.StartAsync();

        using var unknown = await fixture.GetAsync("v2/video/generations?generation_id=nothing");
        using var missing = await fixture.GetAsync("v2/video/generations");

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("application/problem+json", unknown.Content.Headers.ContentType!.MediaType);
        Assert.Equal(404, (int)(await EmulatorFixture.ReadJsonAsync(unknown))["status"]!);
        Assert.Equal(HttpStatusCode.BadRequest, missing.StatusCode);
    }

    [Fact]
    public async Task The_same_seed_generates_the_same_ids()
    {
        await using var one = await EmulatorFixture.StartAsync(options => options.Seed = 5);
        await using var same = await EmulatorFixture.StartAsync(options => options.Seed = 5);
        await using var other = await EmulatorFixture.StartAsync(options => options.Seed = 6);

        var id = await one.CreateGenerationAsync();
        Assert.Equal(id, await same.CreateGenerationAsync());
        Assert.NotEqual(id, await other.CreateGenerationAsync());
    }

    [Fact]
    public async Task A_scripted_failure_returns_its_error_and_is_not_charged()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.FailWith("ContentPolicy", "not this one"));
        fixture.Emulator.Script(EmulatorScript.FailWithDetail("image too small", "body", "image_url"));
        var (named, detailed) = (await fixture.CreateGenerationAsync(), await fixture.CreateGenerationAsync());
        fixture.Clock.Advance(TimeSpan.FromSeconds(4));

        var first = await fixture.GetGenerationAsync(named);
        Assert.Equal("error", (string?)first["status"]);
        Assert.Equal("ContentPolicy", (string?)first["error"]!["name"]);
        Assert.Equal("image too small", (string?)(await fixture.GetGenerationAsync(detailed))["error"]!["detail"]![0]!["msg"]);
        Assert.Empty(fixture.Emulator.Ledger.Charges);
        Assert.Equal(100m, fixture.Emulator.Ledger.Balance);
    }

    [Fact]
    public async Task Scripted_statuses_are_returned_in_order_and_a_success_is_charged_once()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.RespondWithStatuses("waiting", "Active", "succeeded"));
        var id = await fixture.CreateGenerationAsync();

        var statuses = new List<string?>();
        for (var read = 0; read < 5; read++)
            statuses.Add((string?)(await fixture.GetGenerationAsync(id))["status"]);

        Assert.Equal(["waiting", "Active", "succeeded", "succeeded", "succeeded"], statuses);
        Assert.Equal(0.65m, fixture.Emulator.Ledger.TotalCharged);
    }

    [Fact]
    public async Task A_completed_generation_can_have_no_URL_for_some_reads()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var script = EmulatorScript.CompleteWithoutUrl(2);
        fixture.Emulator.Script(script with { QueuedFor = TimeSpan.Zero, GeneratingFor = TimeSpan.Zero });
        var id = await fixture.CreateGenerationAsync();

        Assert.Null((await fixture.GetGenerationAsync(id))["video"]);
        Assert.Null((await fixture.GetGenerationAsync(id))["video"]);
        Assert.NotNull((await fixture.GetGenerationAsync(id))["video"]);
    }

    [Fact]
    public async Task A_scripted_response_replaces_the_body_and_its_placeholders()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var script = EmulatorScript.RespondWith("""{"generation_id":"{id}","status":"{status}","video":["{url}"]}""");
        fixture.Emulator.Script(submission => submission.ClientRequestId == "scripted", script);

        var plain = await fixture.CreateGenerationAsync();
        var scripted = await fixture.CreateGenerationAsync(clientRequestId: "scripted");

        Assert.Equal(plain, (string?)(await fixture.GetGenerationAsync(plain))["id"]);
        var response = await fixture.GetGenerationAsync(scripted);
        Assert.Equal(scripted, (string?)response["generation_id"]);
        Assert.Equal("queued", (string?)response["status"]);
        Assert.StartsWith(fixture.Emulator.FilesAddress.AbsoluteUri, (string)response["video"]![0]!, StringComparison.Ordinal);
    }
}
