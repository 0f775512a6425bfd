namespace Wan27.Sdk.Fuzz.Targets;

/// <summary>The free reads through the whole client, the log and the balance among them: a result, or an exception of the library.</summary>
internal static class ReadTarget
{
    private const string Id = "gen-1";

    public static void Feed(byte[] bytes)
    {
        using var service = new FuzzedService(bytes);
        var (generation, _) = FuzzedService.Outcome(() => service.Client.GetAsync(Id));
        BrokenPromiseException.ThrowUnless(generation is null or { Id: Id }, "the answer about another task was taken");
        FuzzedService.Outcome(() => service.Client.GetBalanceAsync());
        FuzzedService.Outcome(() => service.Client.RecoverAsync(FuzzedService.ClientRequestId));
        BrokenPromiseException.ThrowUnless(service.Submissions == 0, "a read has submitted something");
    }
}
