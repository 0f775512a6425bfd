using System.Collections.ObjectModel;
using System.Text.Json;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk;

/// <summary>Represents a video, as the service describes it.</summary>
public sealed record GeneratedVideo
{
    /// <summary>
    /// Gets the address of the file, exactly as the service wrote it. It may be signed and expire: do not log it, and keep the file instead of the
    /// address.
    /// </summary>
    /// <value>The address; null if the service wrote none.</value>
    public Uri? Uri { get; init; }

    /// <summary>Gets the media type of the file, such as <c>video/mp4</c>.</summary>
    /// <value>The media type; null if unknown.</value>
    public string? ContentType { get; init; }

    /// <summary>Gets a name for the file in the words of the service. This library does not use it as a path.</summary>
    /// <value>The name; null if unknown.</value>
    public string? FileName { get; init; }

    /// <summary>Gets the size of the file in bytes.</summary>
    /// <value>The size; null if unknown.</value>
    public long? FileSize { get; init; }

    /// <summary>Gets the duration of the video in seconds.</summary>
    /// <value>The duration; null if unknown.</value>
    public decimal? Duration { get; init; }

    /// <summary>Gets the fields of the video that this library does not know.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>Returns the address without its query, which may be a signature.</summary>
    public override string ToString() =>
        $"{nameof(GeneratedVideo)} {{ Uri = {(Uri is { IsAbsoluteUri: true } uri ? $"{uri.Scheme}://{Redactor.PrintAddress(uri)}" : "")} }}";
}
