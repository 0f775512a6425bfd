using System.Text.Json.Serialization;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk;

/// <summary>The shape of the video's picture, width to height. Open: a value that the server adds tomorrow can be made with <c>new</c>. The server's default is <see cref="Landscape16x9"/>.</summary>
/// <param name="Value">The value on the wire, such as <c>16:9</c>.</param>
[JsonConverter(typeof(WanJsonConverter))]
public readonly record struct AspectRatio(string Value) : IOpenValue<AspectRatio>
{
    /// <summary>16:9, a television; the server's default.</summary>
    public static AspectRatio Landscape16x9 { get; } = new("16:9");

    /// <summary>9:16, a telephone held upright.</summary>
    public static AspectRatio Portrait9x16 { get; } = new("9:16");

    /// <summary>1:1.</summary>
    public static AspectRatio Square { get; } = new("1:1");

    /// <summary>4:3.</summary>
    public static AspectRatio Landscape4x3 { get; } = new("4:3");

    /// <summary>3:4.</summary>
    public static AspectRatio Portrait3x4 { get; } = new("3:4");

    static AspectRatio IOpenValue<AspectRatio>.FromWire(string value) => new(value);

    /// <summary>The value on the wire.</summary>
    public override string ToString() => Value ?? "";
}
