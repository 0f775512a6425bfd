namespace Wan27.Sdk.Serialization;

/// <summary>A word of the API's vocabulary that may grow: any string on the wire makes one.</summary>
internal interface IOpenValue<T>
    where T : struct, IOpenValue<T>
{
    string Value { get; }

    static abstract T FromWire(string value);
}
