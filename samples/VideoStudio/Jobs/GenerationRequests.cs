using VideoStudio.Store;

namespace VideoStudio.Jobs;

/// <summary>Creates the SDK's request from a record.</summary>
internal sealed class GenerationRequests(DataFolder folder)
{
    public VideoGenerationRequest Create(Generation generation) => generation.Model switch
    {
        Models.Text => WithCommonFields(new TextToVideoRequest { Prompt = generation.Prompt }, generation),
        Models.Reference => WithCommonFields(new ReferenceToVideoRequest { Prompt = generation.Prompt, ReferenceImages = [.. Images(generation)] }, generation),
        _ => WithCommonFields(new ImageToVideoRequest { Prompt = generation.Prompt, Image = Images(generation).FirstOrDefault()! }, generation),
    };

    private static VideoGenerationRequest WithCommonFields(VideoGenerationRequest request, Generation generation) => request with
    {
        ClientRequestId = generation.Id,
        NegativePrompt = generation.NegativePrompt,
        Resolution = new VideoResolution(generation.Resolution),
        Duration = new VideoDuration(generation.Seconds),
        Seed = generation.Seed,
    };

    private IEnumerable<MediaSource> Images(Generation generation) =>
        generation.Images.Select(name => MediaSource.FromFile(folder.Image(name)));
}
