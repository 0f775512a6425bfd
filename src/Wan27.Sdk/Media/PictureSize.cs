namespace Wan27.Sdk.Media;

/// <summary>What the header of a picture says of it.</summary>
/// <param name="Width">Points from left to right, as a viewer shows it.</param>
/// <param name="Height">Points from top to bottom, as a viewer shows it.</param>
/// <param name="HasAlpha">Whether points may be transparent.</param>
internal readonly record struct PictureSize(long Width, long Height, bool HasAlpha);
