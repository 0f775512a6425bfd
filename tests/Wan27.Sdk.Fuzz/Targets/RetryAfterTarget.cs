using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Fuzz.Targets;

/// <summary>The headers that request a wait: a delay from now, or none.</summary>
internal static class RetryAfterTarget
{
    public static void Feed(byte[] bytes)
    {
        using var response = ResponseText.Read([.. "429\nRetry-After: "u8, .. bytes]);
        BrokenPromiseException.ThrowUnless(!(RetryAfterHeader.Of(response) < TimeSpan.Zero), "a delay is negative");
    }
}
