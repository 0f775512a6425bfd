using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk;

/// <summary>Whether the film is one shot or is cut from several. Open: a value that the server adds tomorrow can be made with <c>new</c>. The server's default is <see cref="Single"/>.</summary>
/// <param name="Value">The value on the wire, such as <c>single</c>.</param>
[JsonConverter(typeof(WanJsonConverter))]
public readonly record struct ShotType(string Value) : IOpenValue<ShotType>
{
    /// <summary>One shot; the server's default.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "The vendor's own word for it.")]
    public static ShotType Single { get; } = new("single");

    /// <summary>Several shots.</summary>
    public static ShotType Multi { get; } = new("multi");

    static ShotType IOpenValue<ShotType>.FromWire(string value) => new(value);

    /// <summary>The value on the wire.</summary>
    public override string ToString() => Value ?? "";
}
