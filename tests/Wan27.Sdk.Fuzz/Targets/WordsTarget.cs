using System.Runtime.InteropServices;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Fuzz.Targets;

/// <summary>A server's message and a prompt of any characters: the result can be printed safely, whatever either contains.</summary>
internal static class WordsTarget
{
    public static void Feed(byte[] bytes)
    {
        Secrets.ThrowIfUnfit(new Redactor(Secrets.Key, Secrets.Prompt).Print(bytes), Redactor.MaxLength);

        // Every UTF-16 code unit can be in a string of .NET, including an unpaired surrogate.
        var prompt = new string(MemoryMarshal.Cast<byte, char>(bytes.AsSpan(0, Math.Min(bytes.Length, 400))));
        Secrets.ThrowIfUnfit(new Redactor(Secrets.Key, prompt).Print($"before {prompt} behind"), Redactor.MaxLength);
    }
}
