using System.Collections.ObjectModel;
using System.Text.Json;
using Wan27.Sdk.Redaction;

namespace Wan27.Sdk;

/// <summary>A finished video, as the server describes it.</summary>
public sealed record GeneratedVideo
{
    /// <summary>
    /// Where the file lies, exactly as the server wrote it; null when it wrote nothing that is an address. It may be signed and expire:
    /// keep it out of logs, and keep the file rather than the address.
    /// </summary>
    public Uri? Uri { get; init; }

    /// <summary>The file's media type, such as <c>video/mp4</c>; null when not told.</summary>
    public string? ContentType { get; init; }

    /// <summary>A name for the file in the server's words; null when not told. Never used as a path by this library.</summary>
    public string? FileName { get; init; }

    /// <summary>The file's size in bytes; null when not told.</summary>
    public long? FileSize { get; init; }

    /// <summary>The video's length in seconds; null when not told.</summary>
    public decimal? Duration { get; init; }

    /// <summary>Every field of the video that this library does not know, as it came.</summary>
    public IReadOnlyDictionary<string, JsonElement> AdditionalProperties { get; init; } = ReadOnlyDictionary<string, JsonElement>.Empty;

    /// <summary>The address without its query, which may be a signature.</summary>
    public override string ToString() =>
        $"{nameof(GeneratedVideo)} {{ Uri = {(Uri is { IsAbsoluteUri: true } uri ? $"{uri.Scheme}://{Redactor.PrintAddress(uri)}" : "")} }}";
}
