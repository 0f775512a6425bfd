using Xunit;

namespace Wan27.Sdk.EmulatorTests.Campaign.CancelledCalls;

/// <summary>Checks what a caller who canceled must receive, and what must be released.</summary>
internal static class Verdict
{
    public static void Assert(string place, Scene scene, Exception? outcome)
    {
        Xunit.Assert.True(scene.Service.InFlight == 0, $"{place}: {scene.Service.InFlight} requests or responses are open");

        // A timer that has fired is closed by its own thread, which may be halted meanwhile.
        Xunit.Assert.True(SpinWait.SpinUntil(() => scene.OpenTimers == 0, TimeSpan.FromSeconds(2)), $"{place}: {scene.OpenTimers} timers are open");

        // Too late to be canceled: the call had ended except for its entry in the journal.
        if (outcome is null && scene.Suspensions.Place.StartsWith("the journal", StringComparison.Ordinal))
            return;
        Xunit.Assert.True(outcome is OperationCanceledException, $"{place}: ended with {outcome?.GetType().Name ?? "no exception"} {outcome?.Message}");
        var cancelled = (OperationCanceledException)outcome!;
        Xunit.Assert.True(cancelled.CancellationToken.IsCancellationRequested, $"{place}: has a token that is not canceled");
        if (Lie(place, scene, cancelled as WanCanceledException) is { } lie)
            Xunit.Assert.Fail($"{place}: {lie}");
    }

    private static string? Lie(string place, Scene scene, WanCanceledException? told) => place.Split(',', ' ')[0] switch
    {
        "Create" or "GenerateAndWait" or "GenerateMany" => LieOfSubmission(place.Contains("resumed", StringComparison.Ordinal), scene, told),
        "Wait" or "Watch" or "Download" or "DownloadToFile" => LieOfTask(told),
        _ => null,
    };

    private static string? LieOfTask(WanCanceledException? told) =>
        told is null ? "does not report which generation is still running"
        : told.GenerationId != SuspendingService.TaskId ? $"names '{told.GenerationId}'"
        : !told.MayHaveBeenSent ? "reports that nothing was sent"
        : null;

    private static string? LieOfSubmission(bool isResumed, Scene scene, WanCanceledException? told)
    {
        if (told is null)
            return "does not say whether anything was sent";
        if (told.ClientRequestId != Scene.ClientRequestId)
            return $"names submission '{told.ClientRequestId}'";
        // The journal is looked at again while an earlier submission is searched.
        var isKnown = isResumed && (scene.Service.WasAsked || !scene.Suspensions.Place.Contains("intent", StringComparison.Ordinal)) && !IsEarly(scene);
        var mayExist = scene.Service.MayHaveTask || isKnown;
        if (told.MayHaveBeenSent != mayExist)
            return $"reports {told.MayHaveBeenSent} for whether it may have been sent";
        if (!isResumed && (scene.Budget.RemainingUsd < scene.Budget.LimitUsd) != mayExist)
            return $"leaves the budget with {scene.Budget}";
        return scene.Service.HasToldId && told.GenerationId != SuspendingService.TaskId ? $"names '{told.GenerationId}'" : null;
    }

    private static bool IsEarly(Scene scene) => scene.Suspensions.Place.Contains("picture", StringComparison.Ordinal);
}
