using Wan27.Sdk.Account;

namespace Wan27.Sdk.Waiting;

/// <summary>What the duration of a generation depends on most.</summary>
internal readonly record struct GenerationKind(string Model, string? Duration, string? Resolution)
{
    public static GenerationKind Of(VideoGenerationRequest request) =>
        new(request.Model, PricedFields.ValueOf(request, "duration"), PricedFields.ValueOf(request, "resolution"));
}
