using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk;

/// <summary>
/// Represents a resolution. Any other value of the service can be created with <c>new</c>. Default of the service: <see cref="P1080"/>.
/// </summary>
/// <param name="Value">The value that is sent, such as <c>1080p</c>.</param>
[JsonConverter(typeof(WanJsonConverter))]
public readonly record struct VideoResolution(string Value) : IOpenValue<VideoResolution>
{
    /// <summary>Gets 1280 × 720 pixels in 16:9.</summary>
    public static VideoResolution P720 { get; } = new("720p");

    /// <summary>Gets 1920 × 1080 pixels in 16:9.</summary>
    public static VideoResolution P1080 { get; } = new("1080p");

    static IReadOnlyList<VideoResolution> IOpenValue<VideoResolution>.Known { get; } = [P720, P1080];

    static VideoResolution IOpenValue<VideoResolution>.FromWire(string value) => new(value);

    /// <summary>Returns the value that is sent.</summary>
    public override string ToString() => Value ?? "";

    [OnSerializing]
    private void RefuseToWrite(StreamingContext context) => throw OtherSerializer.Refusal(nameof(VideoResolution));

    [OnDeserializing]
    private void RefuseToRead(StreamingContext context) => throw OtherSerializer.Refusal(nameof(VideoResolution));
}
