using System.Diagnostics.CodeAnalysis;
using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk;

/// <summary>
/// Represents whether a video has one shot or several. Any other value of the service can be created with <c>new</c>. Default of the service: <see
/// cref="Single"/>.
/// </summary>
/// <param name="Value">The value that is sent, such as <c>single</c>.</param>
[JsonConverter(typeof(WanJsonConverter))]
public readonly record struct ShotType(string Value) : IOpenValue<ShotType>
{
    /// <summary>Gets one shot.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "The word of the API.")]
    public static ShotType Single { get; } = new("single");

    /// <summary>Gets several shots.</summary>
    public static ShotType Multi { get; } = new("multi");

    static IReadOnlyList<ShotType> IOpenValue<ShotType>.Known { get; } = [Single, Multi];

    static ShotType IOpenValue<ShotType>.FromWire(string value) => new(value);

    /// <summary>Returns the value that is sent.</summary>
    public override string ToString() => Value ?? "";

    [OnSerializing]
    private void RefuseToWrite(StreamingContext context) => throw OtherSerializer.Refusal(nameof(ShotType));

    [OnDeserializing]
    private void RefuseToRead(StreamingContext context) => throw OtherSerializer.Refusal(nameof(ShotType));
}
