using Microsoft.AspNetCore.Http.Features;

namespace VideoStudio.Api;

/// <summary>Contains the fields of the page's form as received, not yet validated.</summary>
internal sealed record GenerationForm(
    string ClientRequestId, string Model, string Prompt, string? NegativePrompt, string Resolution, string Seconds, string? Seed, IReadOnlyList<IFormFile> Images)
{
    private static readonly FormOptions Bounds = new()
    {
        ValueLengthLimit = 64 * 1024,
        ValueCountLimit = 32,
        MultipartBodyLengthLimit = long.MaxValue,  // the endpoint has its own limit
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
            throw new BadHttpRequestException("The form cannot be parsed. Send it as multipart/form-data.", StatusCodes.Status400BadRequest, e);
        }
    }
}
