using Wan27.Sdk.Media;

namespace Wan27.Sdk;

/// <summary>
/// A picture, a sound or a clip that goes into a request: local, and sent inside it, or at an address from which the service fetches it.
/// What kind of media it is, the first bytes tell and not the name; a local picture's size and a sound's length are read from its header
/// and held against the limits of the models, at little cost and without decoding it. Nothing is read until the request is validated or sent.
/// </summary>
public abstract class MediaSource
{
    private protected MediaSource()
    {
    }

    /// <summary>Media in a file of this machine.</summary>
    /// <param name="path">The file's path; it is opened when the request is validated or sent.</param>
    public static MediaSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FileMedia(path);
    }

    /// <summary>Media in memory.</summary>
    /// <param name="bytes">The whole file; not copied, so leave it as it is until the request was sent.</param>
    public static MediaSource FromBytes(ReadOnlyMemory<byte> bytes) => new MemoryMedia(bytes);

    /// <summary>
    /// Media from a stream, from its present position to its end. One that can seek is read when sent, also more than once; one that
    /// cannot is first copied to a temporary file, up to 100 MB. The stream stays the caller's, who disposes it after the request was sent.
    /// </summary>
    /// <param name="stream">A readable stream.</param>
    /// <exception cref="ArgumentException">The stream cannot be read.</exception>
    public static MediaSource FromStream(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
            throw new ArgumentException("The stream cannot be read.", nameof(stream));
        return new StreamMedia(stream);
    }

    /// <summary>Media that the service fetches by itself.</summary>
    /// <param name="uri">An absolute http or https address that the service can reach; anything else is a problem of the request.</param>
    public static MediaSource FromUri(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return new RemoteMedia(uri.OriginalString);
    }

    /// <summary>Media that the service fetches by itself.</summary>
    /// <param name="uri">An absolute http or https address that the service can reach, sent to the letter; anything else is a problem of the request.</param>
    public static MediaSource FromUri(string uri)
    {
        ArgumentException.ThrowIfNullOrEmpty(uri);
        return new RemoteMedia(uri);
    }

    /// <summary>What sort of source it is; neither content nor address.</summary>
    public sealed override string ToString() => GetType().Name;
}
