namespace Wan27.Sdk;

/// <summary>Represents an image that is within the limits of the API.</summary>
public sealed class PreparedImage
{
    internal PreparedImage(ReadOnlyMemory<byte> bytes, ImagePreparationReport report) =>
        (Bytes, Source, Report) = (bytes, MediaSource.FromBytes(bytes), report);

    /// <summary>Gets the image for a request.</summary>
    public MediaSource Source { get; }

    /// <summary>Gets the complete file, of the format <see cref="ImagePreparationReport.Format"/>.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Gets what was changed.</summary>
    public ImagePreparationReport Report { get; }
}
