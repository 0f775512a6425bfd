namespace Wan27.Sdk.Media;

/// <summary>The local media of one request, each opened once: what was validated is what is sent.</summary>
internal sealed class MediaSet : IDisposable
{
    private readonly Dictionary<MediaSource, (MediaReader? Reader, MediaInspection Inspection)> opened = new(ReferenceEqualityComparer.Instance);

    /// <summary>Spools what cannot seek, without holding a thread.</summary>
    public static async ValueTask<MediaSet> PrepareAsync(IEnumerable<MediaSource> sources, CancellationToken cancellationToken)
    {
        foreach (var source in sources.OfType<LocalMedia>())
            await source.PrepareAsync(cancellationToken).ConfigureAwait(false);
        return new MediaSet();
    }

    public MediaInspection Inspect(MediaSource source) => source is RemoteMedia remote ? remote.Inspect() : Open((LocalMedia)source).Inspection;

    /// <exception cref="WanValidationException">The media cannot be used.</exception>
    public (MediaReader Reader, MediaFormat? Format) Read(LocalMedia source)
    {
        var (reader, inspection) = Open(source);
        return reader is null ? throw WanValidationException.OfMedia(inspection.Fault!) : (reader, inspection.Format);
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
            return (reader, Inspect(reader));
        }
        catch (WanValidationException e)
        {
            return (null, new MediaInspection(null, 0, e.Problems[0].Message));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException)
        {
            reader?.Dispose();
            return (null, new MediaInspection(null, 0, $"{reader?.Name ?? "the media"} cannot be read ({e.GetType().Name})"));
        }
    }

    // A fault of the header alone leaves the media open: they are sent if validation is skipped.
    private static MediaInspection Inspect(MediaReader reader)
    {
        Span<byte> first = stackalloc byte[MediaFormat.HeadLength];
        var head = first[..reader.ReadHead(first)];
        if (head.IsEmpty)
            return new MediaInspection(null, 0, $"{reader.Name} {reader.EmptyReason}");
        using var header = new HeaderReader(reader);
        if (MediaFormat.Detect(head) is not { } format)
        {
            if (OtherFormats.Describe(head) is { } other)
                return new MediaInspection(null, reader.Length, $"{reader.Name} {other}");
            if (!new Mp3Frames(header).IsFound())
                return new MediaInspection(null, reader.Length, $"{reader.Name} is of no format that the API accepts, by its first bytes");
            format = MediaFormat.Mp3;
        }

        try
        {
            return new MediaInspection(format, reader.Length, null)
            {
                Image = format.Kind is MediaKind.Image ? ImageHeaders.Read(format.Name, header) : null,
                Duration = format.Kind switch
                {
                    MediaKind.Audio => AudioHeaders.Read(format.Name, header),
                    MediaKind.Video => new Mp4Header(header).Duration(),
                    _ => null,
                },
            };
        }
        catch (InvalidDataException e)
        {
            return new MediaInspection(format, reader.Length, $"{reader.Name} ({format}) {e.Message}");
        }
    }
}
