namespace Wan27.Sdk.Tests.Submission;

/// <summary>Callbacks of the application that throw do not fail a call and lose no id.</summary>
public sealed class FailingCallbackTests
{
    [Fact]
    public async Task A_generation_is_submitted_and_waited_for_although_each_progress_callback_throws()
    {
        var failing = new FailingProgress();
        using var service = ScriptedService.Guarded(TestResponse.Generation("queued"), TestResponse.Generation("completed", url: Samples.VideoUrl));

        var generation = await service.RunAsync((client, cancellation) => client.GenerateAndWaitAsync(
            Samples.Text with { UploadProgress = failing }, progress: failing, cancellationToken: cancellation));

        Assert.True(generation.Status.IsSucceeded);
        Assert.Single(service.Posts);
        Assert.Equal(3, failing.Calls);
    }

    private sealed class FailingProgress : IProgress<TransferProgress>, IProgress<GenerationProgress>
    {
        public int Calls { get; private set; }

        public void Report(TransferProgress value) => Fail();

        public void Report(GenerationProgress value) => Fail();

        private void Fail()
        {
            Calls++;
            throw new InvalidOperationException("The callback failed.");
        }
    }
}
