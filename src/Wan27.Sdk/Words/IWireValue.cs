namespace Wan27.Sdk.Words;

/// <summary>A word of the API's vocabulary that may grow: any string on the wire makes one.</summary>
internal interface IWireValue<T>
    where T : struct, IWireValue<T>
{
    string Value { get; }

    static abstract T FromWire(string value);
}
