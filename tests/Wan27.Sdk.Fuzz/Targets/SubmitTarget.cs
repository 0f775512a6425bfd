namespace Wan27.Sdk.Fuzz.Targets;

/// <summary>Any response to the paid request: sent again only if rejected temporarily, and never a refusal if a generation may exist.</summary>
internal static class SubmitTarget
{
    private const int MaxSubmissions = 3;

    public static void Feed(byte[] bytes)
    {
        using var response = ResponseText.Read(bytes);
        using var service = new FuzzedService(bytes);
        var request = new TextToVideoRequest { Prompt = Secrets.Prompt, ClientRequestId = FuzzedService.ClientRequestId };

        var (generation, error) = FuzzedService.Outcome(() => service.Client.CreateAsync(request));

        var status = (int)response.StatusCode;
        BrokenPromiseException.ThrowUnless(service.Submissions == 1 || (status == 429 && service.Submissions <= MaxSubmissions), $"{service.Submissions} submissions after {status}");
        BrokenPromiseException.ThrowUnless(generation is null or { Id.Length: > 0 }, "a generation has no id");
        Secrets.ThrowIfUnfit(generation?.ToString(), 2_200);
        var mayExist = status is < 300 or 408 or 409 or 425 or >= 500;
        BrokenPromiseException.ThrowUnless(
            !mayExist || error is null or WanSubmissionUnknownException or WanGenerationFailedException,
            $"{status} is reported as a {error?.GetType().Name}");
        BrokenPromiseException.ThrowUnless(error is null or { ClientRequestId: FuzzedService.ClientRequestId }, "an error does not have the id");
    }
}
