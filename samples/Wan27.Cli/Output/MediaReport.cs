using System.Globalization;

namespace Wan27.Cli.Output;

/// <summary>What the local media of a request is.</summary>
internal sealed record MediaReport(string Member, string? Format, long? Width, long? Height, double? Seconds, long? Length)
{
    public static async Task<IReadOnlyList<MediaReport>> OfAsync(VideoGenerationRequest request, CancellationToken cancellationToken)
    {
        var reports = new List<MediaReport>();
        foreach (var (member, source) in Media(request))
        {
            if (source is not null && await source.InspectAsync(cancellationToken) is { Format: not null } info)
                reports.Add(new MediaReport(member, info.Format, info.Width, info.Height, info.Duration?.TotalSeconds, info.Length));
        }

        return reports;
    }

    public override string ToString() => string.Join(", ", new[]
    {
        $"{Member}: {Format}",
        Width is null ? null : string.Create(CultureInfo.InvariantCulture, $"{Width} x {Height} px"),
        Seconds is null ? null : string.Create(CultureInfo.InvariantCulture, $"{Seconds:0.###} s"),
        string.Create(CultureInfo.InvariantCulture, $"{Length:N0} bytes"),
    }.OfType<string>());

    private static IEnumerable<(string Member, MediaSource? Source)> Media(VideoGenerationRequest request) => request switch
    {
        ImageToVideoRequest image => [("image", image.Image), ("audio", image.Audio)],
        TextToVideoRequest text => [("audio", text.Audio)],
        ReferenceToVideoRequest references =>
        [
            .. references.ReferenceImages.Select(source => ("reference-image", (MediaSource?)source)),
            .. references.ReferenceVideos.Select(source => ("reference-video", (MediaSource?)source)),
            ("first-frame", references.FirstFrameImage),
        ],
        _ => [],
    };
}
