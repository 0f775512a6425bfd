using System.Text.Json.Nodes;

namespace Wan27.Sdk.Tests.Requests;

public class SendingGateTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_with_problems_is_refused_with_all_of_them_before_a_byte_is_sent()
    {
        using var service = ScriptedService.Responding();

        var error = await Assert.ThrowsAsync<WanValidationException>(
            () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text with { Prompt = "", Seed = -1 }, cancellation)));

        Assert.Empty(service.Requests);
        Assert.Equal(["Prompt", "Seed"], error.Problems.Select(problem => problem.Member));
        Assert.Contains("Prompt: is required and is empty; Seed: is -1; the range is 0 to 2147483647", error.Message, StringComparison.Ordinal);
        Assert.Equal("order-1", error.ClientRequestId);
    }

    [Fact]
    public async Task A_request_with_problems_is_sent_if_validation_is_skipped()
    {
        using var service = ScriptedService.Unvalidated(TestResponse.Generation("queued"));

        await service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text with { Duration = new VideoDuration(3) }, cancellation));

        Assert.Equal(3, (int)JsonNode.Parse(Assert.Single(service.Posts).Text)!["duration"]!);
    }

    [Fact]
    public async Task An_id_that_the_service_would_drop_is_never_sent()
    {
        using var service = ScriptedService.Unvalidated(TestResponse.Generation("queued"));

        var error = await Assert.ThrowsAsync<WanValidationException>(
            () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text with { Prompt = "", ClientRequestId = "a b" }, cancellation)));

        Assert.Equal("ClientRequestId", Assert.Single(error.Problems).Member);
        Assert.Empty(service.Requests);
    }

    [Theory]
    [InlineData("/no/such/file.png")]
    [InlineData("/")]
    public async Task Media_that_cannot_be_read_are_not_sent_even_without_validation(string path)
    {
        using var service = ScriptedService.Unvalidated(TestResponse.Generation("queued"));

        await Assert.ThrowsAsync<WanValidationException>(
            () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Image with { Image = MediaSource.FromFile(path) }, cancellation)));

        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task A_missing_reference_is_not_sent_even_without_validation()
    {
        using var service = ScriptedService.Unvalidated(TestResponse.Generation("queued"));

        await service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Reference with { ReferenceVideos = [MediaSource.FromUri(Samples.VideoUrl), null!] }, cancellation));

        Assert.Equal(Samples.VideoUrl, (string?)Assert.Single(JsonNode.Parse(Assert.Single(service.Posts).Text)!["video_urls"]!.AsArray()));
    }

    [Fact]
    public async Task Half_a_character_in_an_unchecked_prompt_becomes_the_replacement_character()
    {
        using var service = ScriptedService.Unvalidated(TestResponse.Generation("queued"));

        await service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text with { Prompt = "half a smile \ud83d" }, cancellation));

        Assert.Equal("half a smile \ufffd", (string?)JsonNode.Parse(Assert.Single(service.Posts).Text)!["prompt"]);
    }
}
