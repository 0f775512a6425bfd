using Wan27.Sdk.Transport;

namespace Wan27.Sdk.Fuzz.Targets;

/// <summary>The headers that ask for patience: a delay from now on, or none.</summary>
internal static class RetryAfterTarget
{
    public static void Feed(byte[] bytes)
    {
        using var response = AnswerText.Read([.. "429\nRetry-After: "u8, .. bytes]);
        BrokenPromiseException.ThrowUnless(!(RetryAfterHeader.Of(response) < TimeSpan.Zero), "a delay is negative");
    }
}
