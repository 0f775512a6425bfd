using VideoStudio.Store;

namespace VideoStudio.Jobs;

/// <summary>Turns a record into the SDK's request.</summary>
internal sealed class GenerationRequests(DataFolder folder)
{
    public VideoGenerationRequest Of(Generation generation) => generation.Model switch
    {
        Models.Text => With(new TextToVideoRequest { Prompt = generation.Prompt }, generation),
        Models.Reference => With(new ReferenceToVideoRequest { Prompt = generation.Prompt, ReferenceImages = [.. Pictures(generation)] }, generation),
        _ => With(new ImageToVideoRequest { Prompt = generation.Prompt, Image = Pictures(generation).FirstOrDefault()! }, generation),
    };

    private static VideoGenerationRequest With(VideoGenerationRequest request, Generation generation) => request with
    {
        ClientRequestId = generation.Id,
        NegativePrompt = generation.NegativePrompt,
        Resolution = new VideoResolution(generation.Resolution),
        Duration = new VideoDuration(generation.Seconds),
        Seed = generation.Seed,
    };

    private IEnumerable<MediaSource> Pictures(Generation generation) =>
        generation.Pictures.Select(name => MediaSource.FromFile(folder.Picture(name)));
}
