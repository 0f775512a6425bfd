using Wan27.Sdk.Media;

namespace Wan27.Sdk;

/// <summary>
/// Represents an image, audio or video of a request: local, and sent with the request, or at a URL, from which the service downloads it.
/// </summary>
/// <remarks>
/// The format is determined by the first bytes, not by the name. The size of a local image and the duration of local audio are read from the
/// header, without decoding, and compared with the limits of the models. Nothing is read until the request is validated or sent.
/// </remarks>
public abstract class MediaSource
{
    private protected MediaSource()
    {
    }

    /// <summary>Creates media from a file.</summary>
    /// <param name="path">The path of the file, which is opened when the request is validated or sent.</param>
    /// <returns>The media.</returns>
    public static MediaSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FileMedia(path);
    }

    /// <summary>Creates media from memory.</summary>
    /// <param name="bytes">The complete file. It is not copied: do not change it until the request was sent.</param>
    /// <returns>The media.</returns>
    public static MediaSource FromBytes(ReadOnlyMemory<byte> bytes) => new MemoryMedia(bytes);

    /// <summary>
    /// Creates media from a stream, from its current position to its end. A <see cref="FileStream"/> or <see cref="MemoryStream"/> is read when the request
    /// is sent, also several times. Any other is read once, without synchronous reads, into a temporary file of up to 100 MB, which is gone with
    /// this object or the process. The caller disposes the stream after the request was sent.
    /// </summary>
    /// <param name="stream">A readable stream.</param>
    /// <returns>The media.</returns>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    public static MediaSource FromStream(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
            throw new ArgumentException("The stream cannot be read.", nameof(stream));
        return new StreamMedia(stream);
    }

    /// <summary>Creates media that the service downloads.</summary>
    /// <param name="uri">An absolute http or https URL that the service can reach; any other is a problem of the request.</param>
    /// <returns>The media.</returns>
    public static MediaSource FromUri(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return new RemoteMedia(uri.OriginalString);
    }

    /// <summary>Creates media that the service downloads.</summary>
    /// <param name="uri">
    /// An absolute http or https URL that the service can reach, which is sent unchanged; any other is a problem of the request.
    /// </param>
    /// <returns>The media.</returns>
    public static MediaSource FromUri(string uri)
    {
        ArgumentException.ThrowIfNullOrEmpty(uri);
        return new RemoteMedia(uri);
    }

    /// <summary>Reads what local media is, without decoding it. A stream that cannot be read in place is copied to a temporary file first.</summary>
    /// <param name="cancellationToken">A token that cancels the read.</param>
    /// <returns>What is known. Media that cannot be used has a <see cref="MediaInfo.Problem"/>.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public async Task<MediaInfo> InspectAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            using var media = await MediaSet.PrepareAsync([this], cancellationToken).ConfigureAwait(false);
            return media.Inspect(this).ToInfo();
        }
        catch (WanValidationException e)
        {
            return new MediaInfo { Problem = e.Problems[0].Message };
        }
    }

    /// <summary>Returns the type of media, without content and address.</summary>
    public sealed override string ToString() => GetType().Name;
}
