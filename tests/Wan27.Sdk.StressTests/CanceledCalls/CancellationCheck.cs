using Xunit;

namespace Wan27.Sdk.StressTests.CanceledCalls;

/// <summary>Checks what a caller who canceled must receive, and what must be released.</summary>
internal static class CancellationCheck
{
    public static void Assert(string place, Scene scene, Exception? outcome)
    {
        Xunit.Assert.True(scene.Service.InFlight == 0, $"{place}: {scene.Service.InFlight} requests or responses are open");

        // A timer that has fired is closed by its own thread, which may be halted meanwhile.
        Xunit.Assert.True(SpinWait.SpinUntil(() => scene.OpenTimers == 0, TimeSpan.FromSeconds(2)), $"{place}: {scene.OpenTimers} timers are open");

        // Too late to be canceled: the call had ended except for its entry in the journal.
        if (outcome is null && scene.Suspensions.Place.StartsWith("the journal", StringComparison.Ordinal))
            return;
        Xunit.Assert.True(
            outcome is OperationCanceledException, $"{place}: ended with {outcome?.GetType().Name ?? "no exception"} {outcome?.Message}");
        var canceled = (OperationCanceledException)outcome!;
        Xunit.Assert.True(canceled.CancellationToken.IsCancellationRequested, $"{place}: has a token that is not canceled");
        if (FindContradiction(place, scene, canceled as WanCanceledException) is { } contradiction)
            Xunit.Assert.Fail($"{place}: {contradiction}");
    }

    private static string? FindContradiction(string place, Scene scene, WanCanceledException? reported) => place.Split(',', ' ')[0] switch
    {
        "Create" or "GenerateAndWait" or "GenerateMany" => ContradictionOfSubmission(
            place.Contains("resumed", StringComparison.Ordinal), scene, reported),
        "Wait" or "Watch" or "Download" or "DownloadToFile" => ContradictionOfGeneration(reported),
        _ => null,
    };

    private static string? ContradictionOfGeneration(WanCanceledException? reported) =>
        reported is null ? "does not report which generation is still running"
        : reported.GenerationId != SuspendingService.GenerationId ? $"names '{reported.GenerationId}'"
        : !reported.MayHaveBeenSent ? "reports that nothing was sent"
        : null;

    private static string? ContradictionOfSubmission(bool isResumed, Scene scene, WanCanceledException? reported)
    {
        if (reported is null)
            return "does not say whether anything was sent";
        if (reported.ClientRequestId != Scene.ClientRequestId)
            return $"names submission '{reported.ClientRequestId}'";
        var mayExist = scene.Service.MayHaveGeneration || (isResumed && scene.Journal.HasResponded);
        if (reported.MayHaveBeenSent != mayExist)
            return $"reports {reported.MayHaveBeenSent} for whether it may have been sent";
        // What the journal holds, and not what this process read last.
        scene.Budget.RefreshAsync(scene.Journal).GetAwaiter().GetResult();
        if (!isResumed && (scene.Budget.RemainingUsd < scene.Budget.LimitUsd) != mayExist)
            return $"leaves the budget with {scene.Budget}";
        return scene.Service.HasReturnedId && reported.GenerationId != SuspendingService.GenerationId ? $"names '{reported.GenerationId}'" : null;
    }
}
