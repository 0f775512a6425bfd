namespace Wan27.Sdk.Tests.Generations;

/// <summary>The service's id of the HTTP request is on a generation as it is on an exception, unless it repeats a secret.</summary>
public sealed class RequestIdTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_submission_and_a_read_have_the_id_of_their_request()
    {
        using var service = ScriptedService.Guarded(
            TestResponse.Generation("queued").With("x-request-id", "req-1"), TestResponse.Generation("generating").With("x-request-id", "req-2"));

        var created = await service.Client.CreateAsync(Samples.Text, Cancellation);
        var read = await service.Client.GetAsync(created.Id, Cancellation);

        Assert.Equal(("req-1", "req-2"), (created.RequestId, read.RequestId));
        Assert.Equal("req-1", System.Text.Json.JsonSerializer.Deserialize<VideoGeneration>(System.Text.Json.JsonSerializer.Serialize(created))!.RequestId);
    }

    [Theory]
    [InlineData(ScriptedService.Key)]
    [InlineData("req-" + ScriptedService.Key)]
    [InlineData("an id with blanks")]
    public async Task An_id_that_repeats_the_key_or_is_not_a_token_is_omitted(string id)
    {
        using var service = ScriptedService.Guarded(TestResponse.Generation("queued").With("x-request-id", id), TestResponse.Generation("generating").With("x-request-id", id));

        var created = await service.Client.CreateAsync(Samples.Text, Cancellation);
        var read = await service.Client.GetAsync(created.Id, Cancellation);

        Assert.Equal((null, null), (created.RequestId, read.RequestId));
    }

    [Fact]
    public async Task A_wait_for_a_generation_keeps_its_client_request_id_and_begins_with_its_status()
    {
        using var service = ScriptedService.Guarded(TestResponse.Generation("queued"), TestResponse.Generation("completed", url: Samples.VideoUrl));
        var reports = new List<GenerationProgress>();

        var created = await service.Client.CreateAsync(Samples.Text with { ClientRequestId = "order-1" }, Cancellation);
        var complete = await service.RunAsync((client, cancellation) => client.WaitAsync(created, progress: new SynchronousProgress(reports), cancellationToken: cancellation));

        Assert.Equal(("order-1", true), (complete.ClientRequestId, complete.Status.IsSucceeded));
        Assert.Equal([(GenerationStatus.Queued, 0), (GenerationStatus.Completed, 1)], reports.Select(report => (report.Status, report.Polls)));
        Assert.Same(complete, await service.Client.WaitAsync(complete, cancellationToken: Cancellation));
    }

    private sealed class SynchronousProgress(List<GenerationProgress> reports) : IProgress<GenerationProgress>
    {
        public void Report(GenerationProgress value) => reports.Add(value);
    }
}
