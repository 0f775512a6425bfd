using Xunit;

namespace Wan27.Sdk.EmulatorTests.Money.EveryByte;

/// <summary>An answer that ends, with FIN or with RST, behind each of its bytes.</summary>
public sealed class EveryByteTests
{
    private const int Concurrency = 8;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_submission_whose_answer_breaks_off_at_any_byte_is_recovered(bool reset)
    {
        await using var service = new RecordedService("POST", reset, hasLog: true);

        await ForEachByteAsync(RecordedService.PostLength, service, async (client, id, token) =>
        {
            var generation = await client.CreateAsync(Samples.Text(id), token);

            Assert.Equal((id, id), (generation.Id, generation.ClientRequestId));
            Assert.Equal(1, service.CompleteSubmissions(id));
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_submission_whose_head_breaks_off_and_that_no_log_knows_is_unknown(bool reset)
    {
        await using var service = new RecordedService("POST", reset, hasLog: false);

        await ForEachByteAsync(RecordedService.PostHeadLength - 1, service, async (client, id, token) =>
        {
            var e = await Assert.ThrowsAsync<WanSubmissionUnknownException>(() => client.CreateAsync(Samples.Text(id), token));

            Assert.Equal((id, SubmissionPhase.Sent), (e.ClientRequestId, e.Phase));
            Assert.Equal(1, service.CompleteSubmissions(id));
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_read_whose_answer_breaks_off_at_any_byte_is_read_again(bool reset)
    {
        await using var service = new RecordedService("GET", reset, hasLog: false);

        await ForEachByteAsync(RecordedService.GetLength, service, async (client, id, token) =>
        {
            var generation = await client.GetAsync(id, token);

            Assert.Equal((id, GenerationStatus.Completed), (generation.Id, generation.Status));
            Assert.Equal(2, service.Reads(id));
        });
    }

    /// <summary>Each byte has a client of its own, lest the storm drain the budget of retries that one would have.</summary>
    private static Task ForEachByteAsync(int length, RecordedService service, Func<WanVideoClient, string, CancellationToken, ValueTask> check) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, length),
            new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = Cancellation },
            async (offset, token) =>
            {
                using var client = new WanVideoClient(new WanVideoClientOptions
                {
                    ApiKey = "key-of-the-test",
                    BaseAddress = service.Address,
                    LoggerFactory = WatchedLoggers.Instance,
                    TimeProvider = new ShortClock(),
                    AttemptTimeout = TimeSpan.FromHours(10),
                    ReconciliationTimeout = service.HasLog ? TimeSpan.FromHours(10) : TimeSpan.FromSeconds(20),
                });
                await check(client, RecordedService.IdOf(offset), token);
            });
}
