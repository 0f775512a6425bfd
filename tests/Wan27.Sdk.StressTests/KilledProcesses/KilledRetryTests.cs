using Wan27.Sdk.CrashVictim;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.StressTests.KilledProcesses;

/// <summary>A new attempt of a failed generation, in a process that is killed at each point of it, and then in two processes at once.</summary>
public sealed class KilledRetryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<CrashPoint> Points => [.. Enum.GetValues<CrashPoint>()];

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Points))]
    public async Task A_job_that_is_killed_in_its_second_attempt_makes_no_third(CrashPoint point)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var (journal, id) = (folder["journal"], $"order-{point}");
        await using var service = await CrashedService.StartAsync(isBlind: false, cancellation);
        await FailAsync(service, journal, id);
        if (point is CrashPoint.BeforeResponse)
            service.NeverRespond($"{id}:attempt-2", offset: 0);
        using (var victim = VictimProcess.Start(
            ["retry", service.Emulator.BaseAddress.AbsoluteUri, service.Emulator.ApiKey, journal, id, point.ToString()]))
        {
            if (point is CrashPoint.BeforeResponse)
                await service.AcceptedAsync($"{id}:attempt-2").WaitAsync(cancellation);
            else
                await victim.ReachAsync(1, cancellation);
            await victim.KillAsync(cancellation);
        }

        using var one = service.Client(journal);
        using var two = service.Client(journal);
        var outcomes = await Task.WhenAll(new[] { one, two }.Select(async client =>
        {
            try
            {
                return (await RetryVictim.RunAsync(client, id)).Id;
            }
            catch (WanSubmissionUnknownException)
            {
                return "unknown";
            }
        }));

        // An intent of which no one knows whether it was sent is never sent again.
        var isUnsent = point is CrashPoint.AfterIntent or CrashPoint.InsideBody;
        Assert.Single(outcomes.Distinct());
        Assert.Equal(isUnsent, outcomes[0] == "unknown");
        Assert.Equal(
            isUnsent ? [id] : [id, $"{id}:attempt-2"], service.Emulator.Ledger.Submissions.Select(submission => submission.ClientRequestId));
    }

    private static async Task FailAsync(CrashedService service, string journal, string id)
    {
        service.Emulator.Script(EmulatorScript.FailWith("moderation", "refused"));
        using var client = service.Client(journal);
        var first = await client.CreateAsync(VictimRequest.Of(id), Cancellation);
        await Assert.ThrowsAsync<WanGenerationFailedException>(() => client.WaitAsync(first, cancellationToken: Cancellation));
    }
}
