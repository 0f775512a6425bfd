using Microsoft.AspNetCore.Http.Features;

namespace VideoStudio.Api;

/// <summary>The fields of the page's form as they came; nothing of them is checked yet.</summary>
internal sealed record GenerationForm(
    string ClientRequestId, string Model, string Prompt, string? NegativePrompt, string Resolution, string Seconds, string? Seed, IReadOnlyList<IFormFile> Pictures)
{
    private static readonly FormOptions Bounds = new()
    {
        ValueLengthLimit = 64 * 1024,
        ValueCountLimit = 32,
        MultipartBodyLengthLimit = long.MaxValue,  // the endpoint's own limit counts
    };

    public static async Task<GenerationForm> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var form = await ReadAsync(new FormFeature(request, Bounds), cancellationToken);
        return new GenerationForm(
            Text("clientRequestId") ?? "",
            Text("model") ?? "",
            Text("prompt") ?? "",
            Text("negativePrompt"),
            Text("resolution") ?? "",
            Text("seconds") ?? "",
            Text("seed"),
            form.Files.GetFiles("picture"));

        string? Text(string field) => form[field].ToString() is { Length: > 0 } text ? text : null;
    }

    private static async Task<IFormCollection> ReadAsync(FormFeature feature, CancellationToken cancellationToken)
    {
        try
        {
            return await feature.ReadFormAsync(cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw new BadHttpRequestException("The form cannot be read.", StatusCodes.Status400BadRequest, e);
        }
    }
}
