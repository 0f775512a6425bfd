namespace Wan27.Sdk.Media;

/// <summary>The local media of one request, each opened once: what was validated is what is sent.</summary>
internal sealed class OpenMedia : IDisposable
{
    private readonly Dictionary<MediaSource, (MediaReader? Reader, MediaInspection Inspection)> opened = new(ReferenceEqualityComparer.Instance);

    /// <summary>Spools what cannot seek, without holding a thread.</summary>
    public static async ValueTask<OpenMedia> PrepareAsync(IEnumerable<MediaSource> sources, CancellationToken cancellationToken)
    {
        foreach (var source in sources.OfType<LocalMedia>())
            await source.PrepareAsync(cancellationToken).ConfigureAwait(false);
        return new OpenMedia();
    }

    public MediaInspection Inspect(MediaSource source) => source is RemoteMedia remote ? remote.Inspect() : Open((LocalMedia)source).Inspection;

    /// <exception cref="WanMediaException">The media cannot be used.</exception>
    public (MediaReader Reader, MediaFormat? Format) Read(LocalMedia source)
    {
        var (reader, inspection) = Open(source);
        return reader is null ? throw new WanMediaException(inspection.Fault!) : (reader, inspection.Format);
    }

    public void Dispose()
    {
        foreach (var (reader, _) in opened.Values)
            reader?.Dispose();
        opened.Clear();
    }

    private (MediaReader? Reader, MediaInspection Inspection) Open(LocalMedia source)
    {
        if (!opened.TryGetValue(source, out var media))
            opened[source] = media = OpenNow(source);
        return media;
    }

    private static (MediaReader?, MediaInspection) OpenNow(LocalMedia source)
    {
        MediaReader? reader = null;
        try
        {
            reader = source.Open();
            var format = reader.DetectFormat();
            return (reader, new MediaInspection(format, reader.Length, FaultOf(reader, format)));
        }
        catch (WanMediaException e)
        {
            return (null, new MediaInspection(null, 0, e.Message));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or NotSupportedException)
        {
            reader?.Dispose();
            return (null, new MediaInspection(null, 0, $"{reader?.Name ?? "the media"} cannot be read ({e.GetType().Name})"));
        }
    }

    private static string? FaultOf(MediaReader reader, MediaFormat? format) =>
        reader.Length == 0 ? $"{reader.Name} is empty"
        : format is null ? $"{reader.Name} is of no format that the API takes, by its first bytes"
        : null;
}
