using System.Text.Json;

namespace Wan27.Sdk.Tests.Submission;

/// <summary>The service repeats the prompt in its later responses.</summary>
public sealed class RepeatedPromptTests
{
    private static readonly string Echo = JsonSerializer.Serialize(new { message = $"refused: {Samples.Text.Prompt.ToUpperInvariant().Replace(" ", "  ", StringComparison.Ordinal)}" });

    [Fact]
    public async Task An_error_of_a_poll_does_not_repeat_the_prompt()
    {
        using var service = ScriptedService.Guarded(TestResponse.Generation("queued"), TestResponse.Json(Echo, 400));

        var error = await Assert.ThrowsAsync<WanApiException>(
            () => service.RunAsync((client, cancellation) => client.GenerateAndWaitAsync(Samples.Text, cancellationToken: cancellation)));

        AssertHidden($"{error} {error.ResponseExcerpt}");
    }

    [Fact]
    public async Task A_status_that_repeats_the_prompt_is_not_reported_with_it()
    {
        var progress = new StatusRecorder();
        using var service = ScriptedService.Guarded(
            TestResponse.Generation("queued"), TestResponse.Generation(Samples.Text.Prompt),
            TestResponse.Generation("completed", url: Samples.VideoUrl));

        await service.RunAsync((client, cancellation) => client.GenerateAndWaitAsync(Samples.Text, progress: progress, cancellationToken: cancellation));

        Assert.Equal(["queued", "***", "completed"], progress.Reported);
    }

    [Theory]
    [InlineData("/v2/logs")]
    [InlineData("/v2/video/generations")]
    public async Task An_error_during_reconciliation_does_not_repeat_the_prompt(string path)
    {
        using var service = ScriptedService.Guarded(TestResponse.Status(504).With("x-inference-id", "gen-1"));
        service.Respond(request => request.Uri.AbsolutePath == path ? TestResponse.Json(Echo, 400)
            : request.Uri.AbsolutePath == "/v2/logs" ? TestResponse.Json("""{"data":[],"pagination":{"has_more":false}}""") : TestResponse.Status(404));

        var error = await Assert.ThrowsAsync<WanSubmissionUnknownException>(
            () => service.RunAsync((client, cancellation) => client.CreateAsync(Samples.Text, cancellation)));

        AssertHidden(error.ToString());
    }

    private static void AssertHidden(string text)
    {
        Assert.Contains("***", text, StringComparison.Ordinal);
        Assert.DoesNotContain("lighthouse", text, StringComparison.OrdinalIgnoreCase);
    }

    private sealed class StatusRecorder : IProgress<GenerationProgress>
    {
        public List<string> Reported { get; } = [];

        public void Report(GenerationProgress value) => Reported.Add(value.Status.Value);
    }
}
