using Wan27.Sdk.Imaging;

namespace Wan27.Sdk;

/// <summary>Prepares images of any kind for the API.</summary>
/// <remarks>
/// <para>
/// JPEG, PNG, WEBP, BMP, HEIC, HEIF, AVIF, GIF, TIFF, JPEG XL, JPEG 2000, ICO and PSD files of at most 100 MB are decoded. The format is determined by the first bytes, not by the
/// name. The result is a JPEG, or a PNG if the original was lossless and the PNG is not too large. An image that the API accepts, and that has no metadata, is
/// decoded to check it, and is returned unchanged.
/// </para>
/// <para>
/// The EXIF orientation is applied, transparency is replaced by a color, colors are converted to sRGB, the image is scaled to 240 to 8,000 px per side and at
/// most 20 MB, and metadata is removed.
/// </para>
/// </remarks>
public static class MediaImage
{
    /// <summary>Prepares an image file.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call. A decoder that is running ends in the background.</param>
    /// <returns>The prepared image, in memory.</returns>
    /// <exception cref="WanValidationException">
    /// The file cannot be read, is not an image of a supported format, is damaged, or exceeds a limit of <paramref name="options"/>, or its aspect ratio is not
    /// between 1:8 and 8:1 and no <see cref="ImagePreparationOptions.AspectRatioAdjustment"/> is set.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was canceled.</exception>
    public static async Task<PreparedImage> PrepareAsync(string path, ImagePreparationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var problems = new ImageProblems(Path.GetFileName(path));
        var file = await InputFile.ReadAsync(path, problems, cancellationToken).ConfigureAwait(false);
        return await PrepareAsync(file, problems, options ?? new ImagePreparationOptions(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Prepares an image from a stream, from its current position to its end.</summary>
    /// <param name="stream">A readable stream. It is read asynchronously, and not disposed.</param>
    /// <param name="options">The options; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the call. A decoder that is running ends in the background.</param>
    /// <returns>The prepared image, in memory.</returns>
    /// <exception cref="WanValidationException">
    /// The stream is not an image of a supported format, is damaged, or exceeds a limit of <paramref name="options"/>, or its aspect ratio is not
    /// between 1:8 and 8:1 and no <see cref="ImagePreparationOptions.AspectRatioAdjustment"/> is set.
    /// </exception>
    /// <exception cref="OperationCanceledException">The call was canceled.</exception>
    public static async Task<PreparedImage> PrepareAsync(Stream stream, ImagePreparationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
            throw new ArgumentException("The stream cannot be read.", nameof(stream));
        var problems = new ImageProblems(name: null);
        var file = await InputFile.ReadAsync(stream, problems, cancellationToken).ConfigureAwait(false);
        return await PrepareAsync(file, problems, options ?? new ImagePreparationOptions(), cancellationToken).ConfigureAwait(false);
    }

    private static async Task<PreparedImage> PrepareAsync(byte[] file, ImageProblems problems, ImagePreparationOptions options, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(options.Timeout);
        var token = limited.Token;
        try
        {
            // Some decoders cannot be interrupted; the call does not wait for them.
            return await Task.Run(() => new ImagePreparation(file, problems, options, token).Run(), token).WaitAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw problems.Create(
                $"was not prepared within {options.Timeout.TotalSeconds:0.###} s; raise {nameof(ImagePreparationOptions)}.{nameof(ImagePreparationOptions.Timeout)}, or scale the image down");
        }
        catch (OperationCanceledException e)
        {
            throw new OperationCanceledException("The preparation of the image was canceled.", e, cancellationToken);
        }
    }
}
