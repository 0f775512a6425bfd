namespace Wan27.Sdk.Conformance.Targets;

/// <summary>A request with what it costs.</summary>
/// <param name="Request">The request.</param>
/// <param name="Usd">The price in US dollars.</param>
internal sealed record PricedRequest(VideoGenerationRequest Request, decimal Usd)
{
    /// <summary>The model of the probes.</summary>
    public const string ProbeModel = TextToVideoRequest.DefaultModel;

    /// <summary>Short videos of models that need only a prompt.</summary>
    private static readonly IReadOnlyList<VideoGenerationRequest> Candidates =
    [
        Probe,
        new VideoRequest("alibaba/wan2.1-t2v-turbo") { Prompt = Session.Prompt, Resolution = new VideoResolution("480P") },
    ];

    private static TextToVideoRequest Probe => new()
    {
        Prompt = Session.Prompt,
        Resolution = VideoResolution.P720,
        Duration = VideoDuration.FiveSeconds,
    };

    public string Model => Request.Model;

    public static async Task<PricedRequest?> FindCheapestAsync(WanVideoClient client, CancellationToken cancellationToken)
    {
        var priced = new List<PricedRequest>();
        foreach (var candidate in Candidates)
        {
            if ((await client.EstimateCostAsync(candidate, cancellationToken)).Usd is { } usd)
                priced.Add(new PricedRequest(candidate, usd));
        }

        return priced.MinBy(request => request.Usd);
    }

    public static async Task<decimal?> FindExposureAsync(WanVideoClient client, CancellationToken cancellationToken) =>
        (await client.EstimateCostAsync(Probe, cancellationToken)).Usd;
}
