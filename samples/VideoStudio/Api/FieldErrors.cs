namespace VideoStudio.Api;

/// <summary>Collects the errors of a form by the field at which the page shows them.</summary>
internal sealed class FieldErrors
{
    private readonly Dictionary<string, List<string>> byField = [];

    public bool IsEmpty => byField.Count == 0;

    public void Add(string field, string message)
    {
        if (!byField.TryGetValue(field, out var messages))
            byField[field] = messages = [];
        if (messages.Count < ServiceText.MaxProblems)
            messages.Add(ServiceText.Bound(message));
    }

    /// <summary>Adds a problem that the SDK found to the field that the user sees.</summary>
    public void Add(RequestProblem problem)
    {
        var (field, subject) = Find(problem);
        Add(field, $"{subject} {problem.Message}.");
    }

    /// <summary>Returns whether a problem that the SDK found is shown at the field of images.</summary>
    public static bool IsOfImage(RequestProblem problem) => Find(problem).Field == "picture";

    public Dictionary<string, string[]> ToDictionary() => byField.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray());

    private static (string Field, string Subject) Find(RequestProblem problem) => problem.Member switch
    {
        nameof(VideoGenerationRequest.Prompt) => ("prompt", "The prompt"),
        nameof(VideoGenerationRequest.NegativePrompt) => ("negativePrompt", "The negative prompt"),
        nameof(VideoGenerationRequest.Resolution) => ("resolution", "The resolution"),
        nameof(VideoGenerationRequest.Duration) => ("seconds", "The duration"),
        nameof(VideoGenerationRequest.Seed) => ("seed", "The seed"),
        nameof(VideoGenerationRequest.ClientRequestId) => ("clientRequestId", "The id"),
        nameof(ImageToVideoRequest.Image) => ("picture", "The image"),
        nameof(ReferenceToVideoRequest.ReferenceImages) => ("picture", "The form"),
        _ => ("picture", "One of the images"),
    };
}
