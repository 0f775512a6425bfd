using System.Text.Json.Serialization;

namespace Wan27.Sdk.Benchmarks.Rivals;

/// <summary>The body as applications without the SDK model it: the image is a string.</summary>
internal sealed record SubmitBody(
    [property: JsonPropertyName("model")] string Model,
    [property: JsonPropertyName("prompt")] string Prompt,
    [property: JsonPropertyName("image_url")] string ImageUrl)
{
    public static async Task<SubmitBody> OfAsync(string image)
    {
        var bytes = await File.ReadAllBytesAsync(image);
        return new SubmitBody(ImageToVideoRequest.DefaultModel, "The lamp turns.", "data:image/png;base64," + Convert.ToBase64String(bytes));
    }
}
