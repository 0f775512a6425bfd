using System.Net;
using System.Text.Json;
using Wan27.Sdk.Generations;
using Wan27.Sdk.Transport;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk.Fuzz.Targets;

/// <summary>The body of a response about a generation: a generation that can be stored and read again, or a <see cref="JsonException"/>.</summary>
internal static class GenerationTarget
{
    public static void Feed(byte[] bytes)
    {
        if (Read(bytes) is not { } generation)
            return;
        BrokenPromiseException.ThrowUnless(
            generation.Status.IsPending || generation.Status.IsSucceeded != generation.Status.IsFailed,
            "a final status is not exactly one of success and failure");
        Secrets.ThrowIfUnfit(new WanGenerationFailedException((generation with { Id = "gen-1", Status = GenerationStatus.Failed }).Redacted(new Redactor(Secrets.Key, Secrets.Prompt))).Message, 1_200);

        var stored = JsonSerializer.SerializeToUtf8Bytes(generation);
        var restored = Read(stored) ?? throw new BrokenPromiseException("the stored value cannot be read");
        BrokenPromiseException.ThrowUnless(JsonElement.DeepEquals(JsonElement.Parse(JsonSerializer.SerializeToUtf8Bytes(restored)), JsonElement.Parse(stored)), "the stored value differs from the read value");
    }

    private static VideoGeneration? Read(byte[] bytes)
    {
        try
        {
            using var document = new ApiResponse(new ApiResponseHeaders(HttpStatusCode.OK), bytes, null).ParseJson();
            return GenerationReader.Read(document.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
