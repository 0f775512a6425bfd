namespace Wan27.Sdk.Fuzz.Targets;

/// <summary>All free reads, including the log, the balance and the prices: a result, or an exception of the library.</summary>
internal static class ReadTarget
{
    private const string Id = "gen-1";

    public static void Feed(byte[] bytes)
    {
        using var service = new FuzzedService(bytes);
        var (generation, _) = FuzzedService.Outcome(() => service.Client.GetAsync(Id));
        BrokenPromiseException.ThrowUnless(generation is null or { Id: Id }, "the response about another generation was accepted");
        Secrets.ThrowIfUnfit(generation?.ToString(), 1_200);
        FuzzedService.Outcome(async () => (object)await service.Client.GetBalanceAsync());
        FuzzedService.Outcome(() => service.Client.GetCostAsync(new VideoGeneration { Id = Id }));
        var (estimate, failure) = FuzzedService.Outcome(() => service.Client.EstimateCostAsync(new TextToVideoRequest { Prompt = Secrets.Prompt }));
        BrokenPromiseException.ThrowUnless(failure is null && estimate is not { Usd: <= 0 }, "an estimate is no price");
        FuzzedService.Outcome(() => service.Client.FindGenerationsAsync(FuzzedService.ClientRequestId));
        BrokenPromiseException.ThrowUnless(service.Submissions == 0, "a read has submitted something");
    }
}
