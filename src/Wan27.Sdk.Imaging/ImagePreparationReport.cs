using System.Drawing;
using System.Globalization;

namespace Wan27.Sdk;

/// <summary>Describes what <see cref="MediaImage"/> changed. It contains nothing of the image's content and metadata.</summary>
public sealed class ImagePreparationReport
{
    private readonly Color background;

    internal ImagePreparationReport(string sourceFormat, Size sourceSize, string format, Size size, ImageChanges changes, Color background)
    {
        (SourceFormat, SourceSize) = (sourceFormat, sourceSize);
        (Format, Size, Changes) = (format, size, changes);
        this.background = background;
    }

    /// <summary>Gets how the prepared image differs from the original file.</summary>
    public ImageChanges Changes { get; }

    /// <summary>Gets the format of the original file.</summary>
    /// <value>For example <c>HEIC</c>.</value>
    public string SourceFormat { get; }

    /// <summary>Gets the size of the original image in pixels, as a viewer shows it.</summary>
    public Size SourceSize { get; }

    /// <summary>Gets the format of the prepared image.</summary>
    /// <value><c>JPEG</c> or <c>PNG</c>; <c>WEBP</c> only if the file was not changed.</value>
    public string Format { get; }

    /// <summary>Gets the size of the prepared image in pixels.</summary>
    public Size Size { get; }

    /// <summary>Returns the changes for a person to read, separated by semicolons.</summary>
    /// <returns>For example <c>converted from HEIC to JPEG; rotated as its EXIF orientation requires; metadata removed</c>, or <c>unchanged</c>.</returns>
    public override string ToString()
    {
        if (Changes == ImageChanges.None)
            return "unchanged";
        (ImageChanges Change, string Text)[] texts =
        [
            (ImageChanges.Converted, $"converted from {SourceFormat} to {Format}"),
            (ImageChanges.SingleImage, "only one of its images kept"),
            (ImageChanges.Oriented, "rotated as its EXIF orientation requires"),
            (ImageChanges.ColorsConverted, "colors converted to sRGB"),
            (ImageChanges.AlphaRemoved, "opaque alpha channel removed"),
            (ImageChanges.Flattened, string.Create(CultureInfo.InvariantCulture, $"transparency replaced by #{background.R:X2}{background.G:X2}{background.B:X2}")),
            (ImageChanges.Cropped | ImageChanges.Padded | ImageChanges.Scaled, SizeChange()),
            (ImageChanges.MetadataRemoved, "metadata removed"),
        ];
        var parts = texts.Where(entry => (Changes & entry.Change) != 0).Select(entry => entry.Text).ToList();
        return parts.Count == 0 ? $"encoded again as {Format}" : string.Join("; ", parts);
    }

    private string SizeChange()
    {
        (ImageChanges Change, string Text)[] steps = [(ImageChanges.Cropped, "cropped"), (ImageChanges.Padded, "padded"), (ImageChanges.Scaled, "scaled")];
        var names = string.Join(" and ", steps.Where(step => Changes.HasFlag(step.Change)).Select(step => step.Text));
        return string.Create(CultureInfo.InvariantCulture, $"{names} from {SourceSize.Width}x{SourceSize.Height} to {Size.Width}x{Size.Height} px");
    }
}
