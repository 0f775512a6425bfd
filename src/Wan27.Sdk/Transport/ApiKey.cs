using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Wan27.Sdk.Transport;

/// <summary>A checked key. Nothing but <see cref="Reveal"/> and <see cref="Bearer"/> shows it.</summary>
[DebuggerDisplay(Mask)]
[JsonConverter(typeof(Masking))]
internal sealed class ApiKey
{
    private const string Mask = "***";
    private const string Scheme = "Bearer ";

    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    private readonly string value;

    private ApiKey(string value) => (this.value, Bearer) = (value, $"{Scheme}{value}");

    /// <summary>Gets the value of the header.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Bearer { get; }

    /// <exception cref="ArgumentException">The key is blank or holds what no header can carry; the message does not contain it.</exception>
    public static ApiKey Parse(string? key)
    {
        if (string.IsNullOrWhiteSpace(key))
            throw new ArgumentException("The API key is empty.");
        for (var i = 0; i < key.Length; i++)
        {
            if (key[i] is <= ' ' or > '~')
                throw new ArgumentException($"The API key holds a character at position {i} that is not printable ASCII (a line break or a blank, perhaps).");
        }

        return new ApiKey(key);
    }

    /// <summary>Returns the key of a header; null if it has another scheme.</summary>
    public static ApiKey? OfBearer(string header) =>
        header.StartsWith(Scheme, StringComparison.Ordinal) ? new ApiKey(header[Scheme.Length..]) : null;

    public string Reveal() => value;

    public override string ToString() => Mask;

    private sealed class Masking : JsonConverter<ApiKey>
    {
        public override ApiKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, ApiKey value, JsonSerializerOptions options) => writer.WriteStringValue(Mask);
    }
}
