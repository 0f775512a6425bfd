namespace Wan27.Sdk;

/// <summary>Represents what is known of media before it is sent. All but <see cref="Problem"/> is null for media at a URL.</summary>
public sealed record MediaInfo
{
    /// <summary>Gets the format by the first bytes, such as <c>PNG</c>; null if the API does not accept it.</summary>
    public string? Format { get; init; }

    /// <summary>Gets the media type, such as <c>image/png</c>; null as <see cref="Format"/> is.</summary>
    public string? MediaType { get; init; }

    /// <summary>Gets the width of an image in pixels, as it is displayed: its orientation is applied.</summary>
    public long? Width { get; init; }

    /// <summary>Gets the height of an image in pixels, as it is displayed: its orientation is applied.</summary>
    public long? Height { get; init; }

    /// <summary>Gets the duration of audio or video.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>Gets the length in bytes.</summary>
    public long? Length { get; init; }

    /// <summary>Gets why the media cannot be used in any field; null if it can. The limits of a field are checked with the request.</summary>
    public string? Problem { get; init; }
}
