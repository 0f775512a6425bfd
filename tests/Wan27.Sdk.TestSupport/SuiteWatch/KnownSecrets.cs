using System.Collections.Concurrent;

namespace Wan27.Sdk.TestSupport;

/// <summary>The secrets that the tests use: keys, prompts, signatures and the Base64 text of images. No output of the library may contain one.</summary>
internal static class KnownSecrets
{
    private static readonly string[] All =
    [
        "sk-canary-0123456789", "canary-key", "canary-of-the-key", "emulator-key", "secret-key", "key-of-the-test", "key-of-one",
        "a lighthouse at dusk", "the lamp begins to turn", "she smiles", "they dance",
        "ignature=", "sig=", "fresh=",
        "iVBORw0KGgo",
    ];

    private static readonly ConcurrentDictionary<string, string> Found = new();
    private static long searched;

    /// <summary>The number of searched texts.</summary>
    public static long Searched => Volatile.Read(ref searched);

    public static IReadOnlyList<string> Hits => [.. Found.Select(hit => $"{hit.Key}: {hit.Value}")];

    /// <param name="text">The output of the library.</param>
    /// <param name="where">The source of the text.</param>
    public static void Search(string? text, string where)
    {
        Interlocked.Increment(ref searched);
        if (text is not null && In(text) is { } canary)
            Found.TryAdd($"'{canary}' in {where}", text);
    }

    public static string? In(string text)
    {
        foreach (var canary in All)
        {
            if (text.Contains(canary, StringComparison.Ordinal))
                return canary;
        }

        return null;
    }
}
