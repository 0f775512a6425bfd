namespace Wan27.Sdk.Serialization;

/// <summary>A value of the API's vocabulary, which may grow: any string is one.</summary>
internal interface IOpenValue<T>
    where T : struct, IOpenValue<T>
{
    string Value { get; }

    static abstract T FromWire(string value);
}
