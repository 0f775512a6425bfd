using System.Text.Json.Serialization;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk;

/// <summary>The size of the video's picture. Open: a value that the server adds tomorrow can be made with <c>new</c>. The server's default is <see cref="P1080"/>.</summary>
/// <param name="Value">The value on the wire, such as <c>1080p</c>.</param>
[JsonConverter(typeof(WanJsonConverter))]
public readonly record struct VideoResolution(string Value) : IOpenValue<VideoResolution>
{
    /// <summary>1280 × 720 points in 16:9.</summary>
    public static VideoResolution P720 { get; } = new("720p");

    /// <summary>1920 × 1080 points in 16:9; the server's default.</summary>
    public static VideoResolution P1080 { get; } = new("1080p");

    static VideoResolution IOpenValue<VideoResolution>.FromWire(string value) => new(value);

    /// <summary>The value on the wire.</summary>
    public override string ToString() => Value ?? "";
}
