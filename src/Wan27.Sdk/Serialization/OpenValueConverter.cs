using System.Text.Json;
using System.Text.Json.Serialization;

namespace Wan27.Sdk.Serialization;

/// <summary>Reads and writes an open value as the plain string that the API uses.</summary>
internal sealed class OpenValueConverter<T> : JsonConverter<T>
    where T : struct, IOpenValue<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.FromWire(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
