namespace Wan27.Sdk.Fuzz.Targets;

/// <summary>The values that no output may contain, wherever the input contains them.</summary>
internal static class Secrets
{
    public const string Key = "sk-canary-0123456789";
    public const string Prompt = "canary-prompt: \"a fox\" & snow";

    /// <summary>No secret, no character that moves the cursor of a terminal, and a bounded length.</summary>
    public static void ThrowIfUnfit(string? text, int maxLength)
    {
        if (text is null)
            return;
        ThrowIfShown(text);
        BrokenPromiseException.ThrowUnless(!text.Any(char.IsControl), "a control character is shown");
        BrokenPromiseException.ThrowUnless(text.Length <= maxLength, $"{text.Length} characters are shown");
    }

    public static void ThrowIfShown(string text)
    {
        BrokenPromiseException.ThrowUnless(!text.Contains(Key, StringComparison.Ordinal), "the key is shown");
        BrokenPromiseException.ThrowUnless(!text.Contains(Prompt, StringComparison.Ordinal), "the prompt is shown");
    }
}
