using System.Text.Json.Nodes;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.EmulatorTests;

/// <summary>The shapes of responses and the formats of ids that scripts select.</summary>
public sealed class ResponseShapeTests
{
    private const string Body = """{"model":"pixverse/v5/image-to-video","prompt":"p"}""";

    [Theory]
    [InlineData(EmulatorResponseShape.Documented, "id,status,video,error,meta:credits_used+usd_spent", "queued")]
    [InlineData(EmulatorResponseShape.Minimal, "id,status", "queued")]
    [InlineData(EmulatorResponseShape.Succeeded, "id,status", "queued")]
    [InlineData(EmulatorResponseShape.WaitingAndActive, "id,status", "waiting")]
    [InlineData(EmulatorResponseShape.GenerationId, "generation_id,status,meta:credits_used", "queued")]
    [InlineData(EmulatorResponseShape.TokensUsed, "id,status,meta:tokens_used", "queued")]
    [InlineData(EmulatorResponseShape.VideoDetails, "id,status", "queued")]
    [InlineData(EmulatorResponseShape.ErrorOfCompleted, "id,status", "queued")]
    public async Task A_shape_determines_the_fields_of_an_accepted_submission(
        EmulatorResponseShape shape, string fields, string status)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.RespondInShape(shape));

        using var response = await fixture.SubmitAsync();
        var json = (await EmulatorFixture.ReadJsonAsync(response)).AsObject();

        Assert.Equal(fields, Describe(json));
        Assert.Equal(status, (string?)json["status"]);
    }

    [Theory]
    [InlineData(EmulatorResponseShape.Documented, "id,status,video,error,meta:credits_used+usd_spent", """{"url":"URL"}""")]
    [InlineData(EmulatorResponseShape.Minimal, "id,status,video", """{"url":"URL"}""")]
    [InlineData(EmulatorResponseShape.WaitingAndActive, "id,status,video", """{"url":"URL"}""")]
    [InlineData(EmulatorResponseShape.GenerationId, "id,status,video", """{"url":"URL"}""")]
    [InlineData(EmulatorResponseShape.TokensUsed, "id,status,video", """{"url":"URL"}""")]
    [InlineData(EmulatorResponseShape.VideoAddresses, "id,status,video", """["URL"]""")]
    [InlineData(EmulatorResponseShape.VideoObjects, "id,status,video", """[{"url":"URL"}]""")]
    [InlineData(
        EmulatorResponseShape.ErrorOfCompleted, "id,status,video,error,meta:credits_used+usd_spent,model", """{"url":"URL"}""")]
    public async Task A_shape_determines_the_fields_of_a_completed_generation(
        EmulatorResponseShape shape, string fields, string video)
    {
        var json = await CompleteAsync(EmulatorScript.RespondInShape(shape));

        Assert.Equal(fields, Describe(json));
        Assert.Equal("completed", (string?)json["status"]);
        Assert.Equal(video, MaskUrl(json["video"]!.ToJsonString()));
    }

    [Fact]
    public async Task The_details_of_a_video_match_its_file()
    {
        var json = await CompleteAsync(EmulatorScript.RespondInShape(EmulatorResponseShape.VideoDetails));

        var video = json["video"]!.AsObject();
        Assert.Equal(["url", "content_type", "file_name", "file_size", "duration"], video.Select(field => field.Key));
        Assert.Equal(5, (int)video["duration"]!);
        Assert.True((long)video["file_size"]! > 1000);
    }

    [Fact]
    public async Task Shapes_replace_the_statuses_of_the_clock_but_not_scripted_ones()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.RespondInShape(EmulatorResponseShape.WaitingAndActive), times: 2);
        fixture.Emulator.Script(EmulatorScript.RespondInShape(EmulatorResponseShape.Succeeded));
        fixture.Emulator.Script(EmulatorScript.RespondWithStatuses("queued") with { Shape = EmulatorResponseShape.WaitingAndActive });
        var waiting = await fixture.CreateGenerationAsync();
        _ = await fixture.CreateGenerationAsync();
        var succeeded = await fixture.CreateGenerationAsync();
        var scripted = await fixture.CreateGenerationAsync();

        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("active", (string?)(await fixture.GetGenerationAsync(waiting))["status"]);
        Assert.Equal("queued", (string?)(await fixture.GetGenerationAsync(scripted))["status"]);
        fixture.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("succeeded", (string?)(await fixture.GetGenerationAsync(succeeded))["status"]);
    }

    [Theory]
    [InlineData(EmulatorIdFormat.Compact, "^[A-Za-z0-9_-]{21}$")]
    [InlineData(EmulatorIdFormat.Uuid, "^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$")]
    [InlineData(EmulatorIdFormat.UuidAndModel, "^[0-9a-f-]{36}:pixverse/v5/image-to-video$")]
    [InlineData(EmulatorIdFormat.Digits, "^[0-9]{15}$")]
    [InlineData(EmulatorIdFormat.DigitsAndModel, "^[0-9]{15}:pixverse/v5/image-to-video$")]
    [InlineData(EmulatorIdFormat.PrefixAndTime, "^cgt-20260701120000-[0-9a-z]{5}$")]
    [InlineData(EmulatorIdFormat.HexAndModel, "^video_[0-9a-f]{32}:v5/image-to-video$")]
    public async Task An_id_has_the_scripted_format_and_its_file_is_served(EmulatorIdFormat format, string pattern)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Script(EmulatorScript.RespondInShape(EmulatorResponseShape.Documented, format));

        using var submitted = await fixture.SubmitAsync(Body);
        var id = (string)(await EmulatorFixture.ReadJsonAsync(submitted))["id"]!;
        fixture.Clock.Advance(TimeSpan.FromSeconds(4));
        var url = EmulatorFixture.GetVideoUrl(await fixture.GetGenerationAsync(Uri.EscapeDataString(id)));
        using var file = await fixture.Files.GetAsync(url, TestContext.Current.CancellationToken);

        Assert.Matches(pattern, id);
        Assert.Equal(id, submitted.Headers.GetValues("x-inference-id").Single());
        Assert.Equal(id, fixture.Emulator.Ledger.Submissions.Single().Id);
        Assert.Equal(200, (int)file.StatusCode);
    }

    [Theory]
    [InlineData(0, "\"Unauthorized\"")]
    [InlineData(1, "\"one\"")]
    [InlineData(2, """["one","two"]""")]
    public async Task An_older_error_has_one_message_or_several(int count, string message)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults.Add(EmulatorFault.LegacyStatus(401, [.. new[] { "one", "two" }.Take(count)]));

        using var response = await fixture.SubmitAsync();
        var json = (await EmulatorFixture.ReadJsonAsync(response)).AsObject();

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal(["requestId", "statusCode", "timestamp", "path", "message"], json.Select(field => field.Key));
        Assert.Equal((401, "/v2/video/generations"), ((int)json["statusCode"]!, (string)json["path"]!));
        Assert.Equal(message, json["message"]!.ToJsonString());
        Assert.Empty(fixture.Emulator.Ledger.Submissions);
    }

    [Fact]
    public async Task A_shape_that_does_not_exist_is_rejected()
    {
        await using var fixture = await EmulatorFixture.StartAsync();

        Assert.Throws<ArgumentOutOfRangeException>(
            () => fixture.Emulator.Script(new EmulatorScript { Shape = (EmulatorResponseShape)99 }));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => fixture.Emulator.Script(new EmulatorScript { IdFormat = (EmulatorIdFormat)99 }));
    }

    private static async Task<JsonObject> CompleteAsync(EmulatorScript script)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Script(script);
        using var submitted = await fixture.SubmitAsync();
        var id = fixture.Emulator.Ledger.Submissions.Single().Id;
        fixture.Clock.Advance(TimeSpan.FromSeconds(4));
        return (await fixture.GetGenerationAsync(id)).AsObject();
    }

    private static string Describe(JsonObject json) => string.Join(',', json.Select(field =>
        field.Key == "meta" ? $"meta:{string.Join('+', field.Value!["usage"]!.AsObject().Select(usage => usage.Key))}" : field.Key));

    private static string MaskUrl(string json)
    {
        var start = json.IndexOf("http", StringComparison.Ordinal);
        return json[..start] + "URL" + json[json.IndexOf('"', start)..];
    }
}
