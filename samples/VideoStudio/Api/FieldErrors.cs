using VideoStudio.Store;

namespace VideoStudio.Api;

/// <summary>What is wrong, by the field of the form at which the page tells it.</summary>
internal sealed class FieldErrors
{
    private readonly Dictionary<string, List<string>> byField = [];

    public bool IsEmpty => byField.Count == 0;

    public void Add(string field, string sentence)
    {
        if (!byField.TryGetValue(field, out var sentences))
            byField[field] = sentences = [];
        if (sentences.Count < ServiceText.MaxProblems)
            sentences.Add(ServiceText.Bound(sentence));
    }

    /// <summary>What the SDK found, in its words, at the field that the user sees.</summary>
    public void Add(RequestProblem problem)
    {
        var (field, subject) = problem.Member switch
        {
            nameof(VideoGenerationRequest.Prompt) => ("prompt", "The prompt"),
            nameof(VideoGenerationRequest.NegativePrompt) => ("negativePrompt", "The negative prompt"),
            nameof(VideoGenerationRequest.Resolution) => ("resolution", "The resolution"),
            nameof(VideoGenerationRequest.Duration) => ("seconds", "The duration"),
            nameof(VideoGenerationRequest.Seed) => ("seed", "The seed"),
            nameof(VideoGenerationRequest.ClientRequestId) => ("clientRequestId", "The id"),
            nameof(ImageToVideoRequest.Image) => ("picture", "The picture"),
            nameof(ReferenceToVideoRequest.ReferenceImages) => ("picture", "The form"),
            _ => ("picture", "One of the pictures"),
        };
        Add(field, $"{subject} {problem.Message}.");
    }

    public Dictionary<string, string[]> ToDictionary() => byField.ToDictionary(entry => entry.Key, entry => entry.Value.ToArray());
}
