using Xunit;

namespace Wan27.Sdk.StressTests.CanceledCalls;

/// <summary>Measures time, so no other test runs concurrently.</summary>
[CollectionDefinition(nameof(CancellationCampaign), DisableParallelization = true)]
public class CancellationGroup;

[Collection(nameof(CancellationCampaign))]
public class CancellationCampaign
{
    private const int MostSuspensions = 500;

    /// <summary>A machine may stop any thread for longer than the limit; a call that is too slow itself exceeds it each time.</summary>
    private const int MostAttempts = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    public static TheoryData<string, bool> Cases
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (var method in ClientMethods.All.Keys)
            {
                cases.Add(method, false);
                if (method.StartsWith("Create from", StringComparison.Ordinal))
                    cases.Add(method, true);
            }

            return cases;
        }
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Cases))]
    [Fault(141, "every method", "The caller's cancellation within 100 ms, with the ids of what exists; no timer, `Task` or file stays open")]
    public async Task A_call_that_is_canceled_at_any_await_ends_at_once_and_releases_everything(string method, bool losesResponse)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        using var unobserved = new UnobservedExceptions();
        var longest = TimeSpan.Zero;
        var points = 0;
        while (await RunAsync(method, losesResponse, points + 1, folder.Path, cancellationToken) is { } taken)
        {
            points++;
            longest = taken > longest ? taken : longest;
            Assert.InRange(points, 1, MostSuspensions);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{method}: {points} awaits, longest {longest.TotalMilliseconds:F1} ms");
        Assert.NotEqual(0, points);
        Assert.Empty(unobserved.Collect());
        Assert.All(Directory.GetFiles(folder.Path), AssertUnlocked);
    }

    /// <summary>The time that the call took to end after it was canceled at this await; null if it has no more awaits.</summary>
    private static async Task<TimeSpan?> RunAsync(string method, bool losesResponse, int point, string folder, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var scene = new Scene(point, folder, losesResponse);
            var outcome = await Record.ExceptionAsync(() => ClientMethods.All[method](scene).WaitAsync(TimeSpan.FromSeconds(20), cancellationToken));
            var taken = scene.Suspensions.SinceCancellation;

            // The call may have ended on the stack of a timer that fired, which is closed only when that stack returns.
            await Task.Yield();
            if (!scene.Suspensions.IsReached)
            {
                Assert.Null(outcome);
                return null;
            }

            var place = $"{method}, await {point}: {scene.Suspensions.Place}";
            Assert.False(outcome is TimeoutException, $"{place}: never returned");
            CancellationCheck.Assert(place, scene, outcome);
            if (taken <= Limit)
                return taken;
            Assert.True(attempt < MostAttempts, $"{place}: took {taken.TotalMilliseconds:F0} ms");
        }
    }

    private static void AssertUnlocked(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }
}
