namespace Wan27.Sdk.Imaging;

/// <summary>Creates the exceptions for one image.</summary>
/// <param name="name">The name of the file; null if it is unknown.</param>
internal sealed class ImageProblems(string? name)
{
    /// <summary>Creates an exception.</summary>
    /// <param name="problem">The end of a sentence about the image: what is wrong, the limit, and what to do.</param>
    public WanValidationException Create(FormattableString problem)
    {
        var text = FormattableString.Invariant(problem);
        return new([new RequestProblem(nameof(ImageToVideoRequest.Image), name is null ? text : $"'{name}' {text}")]);
    }
}
