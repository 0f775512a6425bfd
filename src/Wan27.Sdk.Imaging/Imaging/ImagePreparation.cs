using System.Drawing;
using ImageMagick;

namespace Wan27.Sdk.Imaging;

/// <summary>One image on its way from a file to another file.</summary>
internal sealed class ImagePreparation(byte[] file, ImageProblems problems, ImagePreparationOptions options, CancellationToken cancellationToken)
{
    private static readonly string[] WarningsOfDamage = ["premature end", "huffman", "unexpected end", "truncated"];

    private ImageChanges changes;

    /// <exception cref="WanValidationException">The image cannot be prepared.</exception>
    public PreparedImage Run()
    {
        var format = SourceFormat.Find(file) ?? throw problems.Create(
            $"is not an image of a format that can be decoded (JPEG, PNG, WEBP, BMP, HEIC, AVIF, GIF, TIFF, JPEG XL, JPEG 2000, ICO, PSD); export it as JPEG or PNG");
        try
        {
            return Run(format);
        }
        catch (MagickException)
        {
            // Its message can quote the file.
            throw problems.Create($"is damaged, or is a {format.Name} image of an unsupported kind; save it again, or export it as JPEG");
        }
    }

    private PreparedImage Run(SourceFormat format)
    {
        var settings = new MagickReadSettings { Format = format.Decoder, FrameIndex = 0, FrameCount = 1 };
        CheckHeader(format, settings);
        using var image = Decode(format, settings);
        if (image.Orientation is not (Orientation.Undefined or Orientation.TopLeft))
            changes |= ImageChanges.Oriented;
        image.AutoOrient();
        // Otherwise it is written into a PNG.
        image.Orientation = Orientation.Undefined;
        image.ResetPage();
        var original = SizeOf(image);
        if (HasMetadata(image, format))
            changes |= ImageChanges.MetadataRemoved;
        ConvertColors(image);
        RemoveAlpha(image);
        Fit(image);
        if (changes == ImageChanges.None && file.Length <= ImageLimits.MaxLength && PlainFile.HasCommonEncoding(file, format))
            return new PreparedImage(file, new ImagePreparationReport(format.Name, original, format.Name, original, ImageChanges.None, options.Background));

        image.Strip();
        image.Settings.ColorType = ColorType.TrueColor;
        var fitted = SizeOf(image);
        var (bytes, isPng) = new ImageEncoder(cancellationToken).Encode(image, format.IsLossless);
        var target = isPng ? SourceFormat.Png : SourceFormat.Jpeg;
        changes |= target == format ? ImageChanges.Encoded : ImageChanges.Encoded | ImageChanges.Converted;
        if (SizeOf(image) != fitted)
            changes |= ImageChanges.Scaled;
        return new PreparedImage(bytes, new ImagePreparationReport(format.Name, original, target.Name, SizeOf(image), changes, options.Background));
    }

    // From the header alone: a file of a few bytes can claim billions of pixels.
    private void CheckHeader(SourceFormat format, MagickReadSettings settings)
    {
        if (format.Decoder == MagickFormat.Ico)
            SelectLargestIcon(settings);
        if (format.HasSeveralImages && MagickImageInfo.ReadCollection(file, new MagickReadSettings { Format = format.Decoder, FrameIndex = 0, FrameCount = 2 }).Count() > 1)
            changes |= ImageChanges.SingleImage;
        using var header = new MagickImage();
        header.Ping(file, settings);
        if (header.Width * (long)header.Height is var pixels && pixels > options.MaxPixels)
            throw problems.Create(
                $"is {header.Width}x{header.Height} px, {pixels:N0} pixels; the limit is {options.MaxPixels:N0} ({nameof(ImagePreparationOptions)}.{nameof(ImagePreparationOptions.MaxPixels)}); scale it down, or raise the limit");
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void SelectLargestIcon(MagickReadSettings settings)
    {
        var icons = MagickImageInfo.ReadCollection(file, new MagickReadSettings { Format = settings.Format }).ToList();
        if (icons.Count <= 1)
            return;
        settings.FrameIndex = (uint)icons.IndexOf(icons.MaxBy(icon => icon.Width)!);
        changes |= ImageChanges.SingleImage;
    }

    private MagickImage Decode(SourceFormat format, MagickReadSettings settings)
    {
        var image = new MagickImage();
        var isDamaged = false;
        image.Warning += (_, warning) => isDamaged |= WarningsOfDamage.Any(text => warning.Message.Contains(text, StringComparison.OrdinalIgnoreCase));
        try
        {
            image.Read(file, settings);
            cancellationToken.ThrowIfCancellationRequested();
            if (isDamaged)
                throw problems.Create($"looks incomplete: its {format.Name} data ends too early or is damaged; save it again");
            // Decoders report no progress; the steps after them do.
            image.Progress += (_, progress) => progress.Cancel = cancellationToken.IsCancellationRequested;
            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    private bool HasMetadata(MagickImage image, SourceFormat format) =>
        format == SourceFormat.Jpeg || format == SourceFormat.Png || format == SourceFormat.Webp
            ? !PlainFile.HasNoMetadata(file, format)
            : image.Comment is { Length: > 0 } || image.ProfileNames.Any(name => name is not ("icc" or "icm"));

    private void ConvertColors(MagickImage image)
    {
        var isCommon = image.ColorSpace is ColorSpace.sRGB or ColorSpace.Gray;
        var profile = image.GetProfile("icc");
        if (isCommon && (profile is null || IsSrgb(profile.ToByteArray())))
            return;
        changes |= ImageChanges.ColorsConverted;
        try
        {
            if (profile is not null)
                image.TransformColorSpace(ColorProfiles.SRGB);
            else if (image.ColorSpace == ColorSpace.CMYK)
                image.TransformColorSpace(ColorProfiles.USWebCoatedSWOP, ColorProfiles.SRGB);
        }
        catch (Exception e) when (e is MagickException or NotSupportedException or ArgumentException or IndexOutOfRangeException)
        {
            // A damaged profile, or one for another kind of image: the colors are converted without it.
            image.RemoveProfile("icc");
        }

        if (image.ColorSpace != ColorSpace.sRGB)
            image.ColorSpace = ColorSpace.sRGB;
    }

    // The description is in ASCII in version 2 of profiles, and in UTF-16 in version 4.
    private static bool IsSrgb(ReadOnlySpan<byte> profile) => profile.IndexOf("sRGB"u8) >= 0 || profile.IndexOf("s\0R\0G\0B"u8) >= 0;

    private void RemoveAlpha(MagickImage image)
    {
        if (!image.HasAlpha)
            return;
        changes |= image.IsOpaque ? ImageChanges.AlphaRemoved : ImageChanges.Flattened;
        image.BackgroundColor = Background();
        image.Alpha(AlphaAction.Remove);
        image.Alpha(AlphaAction.Off);
    }

    // Pixels are removed first and added last, so that no step works on more of them than the file has or the API takes.
    private void Fit(MagickImage image)
    {
        var size = SizeOf(image);
        if (!ImageLimits.HasAllowedRatio(size))
        {
            if (options.AspectRatioAdjustment == AspectRatioAdjustment.None)
                throw problems.Create(
                    $"is {size.Width}x{size.Height} px, a ratio of {ImageLimits.Ratio(size)}; the range is 1:{ImageLimits.MaxRatio} to {ImageLimits.MaxRatio}:1; crop it, or set {nameof(ImagePreparationOptions)}.{nameof(AspectRatioAdjustment)} to {nameof(AspectRatioAdjustment.Crop)} or {nameof(AspectRatioAdjustment.Pad)}");
            if (options.AspectRatioAdjustment == AspectRatioAdjustment.Crop)
            {
                Cut(image, ImageLimits.Cropped(size));
                changes |= ImageChanges.Cropped;
            }
        }

        Scale(image, ImageLimits.ScaledDown(SizeOf(image)));
        if (!ImageLimits.HasAllowedRatio(size) && options.AspectRatioAdjustment == AspectRatioAdjustment.Pad)
        {
            Cut(image, ImageLimits.Padded(SizeOf(image)));
            changes |= ImageChanges.Padded;
        }

        Scale(image, ImageLimits.ScaledUp(SizeOf(image)));
    }

    private void Cut(MagickImage image, Size size)
    {
        image.Extent((uint)size.Width, (uint)size.Height, Gravity.Center, Background());
        image.ResetPage();
    }

    private void Scale(MagickImage image, Size size)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (size == SizeOf(image))
            return;
        image.Resize(new MagickGeometry((uint)size.Width, (uint)size.Height) { IgnoreAspectRatio = true });
        cancellationToken.ThrowIfCancellationRequested();
        changes |= ImageChanges.Scaled;
    }

    private MagickColor Background() => MagickColor.FromRgb(options.Background.R, options.Background.G, options.Background.B);

    private static Size SizeOf(MagickImage image) => new((int)image.Width, (int)image.Height);
}
