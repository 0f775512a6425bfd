using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Verbs;

/// <summary>An application with one thread, such as a window, that blocks on a call: nothing of the SDK continues on that thread.</summary>
public sealed class BlockingContextTests
{
    [Fact(Timeout = 120_000)]
    public async Task A_blocked_thread_makes_a_video_in_each_way()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var fixture = await WanFixture.StartAsync(options => options.Journal = new FileSubmissionJournal(folder["journal.jsonl"]));
        var context = new BlockedContext();

        await RunOnThreadOf(context, () =>
        {
            var request = Samples.Image(MediaSource.FromStream(new MemoryStream(Samples.ImageBytes))) with { ClientRequestId = "order-1" };
            var generation = fixture.Client.GenerateAndWaitAsync(request, progress: new Recorder<GenerationProgress>(), cancellationToken: cancellation).Result;
            fixture.Client.DownloadToFileAsync(generation, folder["video.mp4"], cancellationToken: cancellation).Wait(cancellation);
            using var stream = fixture.Client.OpenReadAsync(generation, cancellationToken: cancellation).Result;
            stream.CopyTo(Stream.Null);
            var changes = fixture.Client.WatchAsync(generation, cancellationToken: cancellation).GetAsyncEnumerator(cancellation);
            while (changes.MoveNextAsync().AsTask().Result)
                continue;
            changes.DisposeAsync().AsTask().Wait(cancellation);
            var outcomes = fixture.Client.GenerateManyAsync([Samples.Text("order-2")], maxConcurrency: 1, cancellationToken: cancellation).GetAsyncEnumerator(cancellation);
            while (outcomes.MoveNextAsync().AsTask().Result)
                continue;
            outcomes.DisposeAsync().AsTask().Wait(cancellation);
        });

        Assert.Equal((2, 0), (fixture.Ledger.Submissions.Count, context.Posts));
    }

    private static Task RunOnThreadOf(SynchronizationContext context, Action action)
    {
        var done = new TaskCompletionSource();
        new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(context);
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        { IsBackground = true }.Start();
        return done.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>A context whose only thread is blocked: what is posted to it never runs.</summary>
    private sealed class BlockedContext : SynchronizationContext
    {
        private int posts;

        public int Posts => Volatile.Read(ref posts);

        public override void Post(SendOrPostCallback d, object? state) => Interlocked.Increment(ref posts);

        public override void Send(SendOrPostCallback d, object? state) => Interlocked.Increment(ref posts);
    }
}
