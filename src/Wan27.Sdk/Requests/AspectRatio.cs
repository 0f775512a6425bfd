using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk;

/// <summary>
/// Represents an aspect ratio, width to height. Any other value of the service can be created with <c>new</c>. Default of the service: <see
/// cref="Landscape16x9"/>.
/// </summary>
/// <param name="Value">The value that is sent, such as <c>16:9</c>.</param>
[JsonConverter(typeof(WanJsonConverter))]
public readonly record struct AspectRatio(string Value) : IOpenValue<AspectRatio>
{
    /// <summary>Gets 16:9, for screens.</summary>
    public static AspectRatio Landscape16x9 { get; } = new("16:9");

    /// <summary>Gets 9:16, for phones.</summary>
    public static AspectRatio Portrait9x16 { get; } = new("9:16");

    /// <summary>Gets 1:1.</summary>
    public static AspectRatio Square { get; } = new("1:1");

    /// <summary>Gets 4:3.</summary>
    public static AspectRatio Landscape4x3 { get; } = new("4:3");

    /// <summary>Gets 3:4.</summary>
    public static AspectRatio Portrait3x4 { get; } = new("3:4");

    static IReadOnlyList<AspectRatio> IOpenValue<AspectRatio>.Known { get; } = [Landscape16x9, Portrait9x16, Square, Landscape4x3, Portrait3x4];

    static AspectRatio IOpenValue<AspectRatio>.FromWire(string value) => new(value);

    /// <summary>Returns the value that is sent.</summary>
    public override string ToString() => Value ?? "";

    [OnSerializing]
    private void RefuseToWrite(StreamingContext context) => throw OtherSerializer.Refusal(nameof(AspectRatio));

    [OnDeserializing]
    private void RefuseToRead(StreamingContext context) => throw OtherSerializer.Refusal(nameof(AspectRatio));
}
