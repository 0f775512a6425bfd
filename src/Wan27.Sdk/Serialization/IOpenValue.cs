namespace Wan27.Sdk.Serialization;

/// <summary>A value of the API's vocabulary, which may grow: any string is one.</summary>
internal interface IOpenValue<T>
    where T : struct, IOpenValue<T>
{
    string Value { get; }

    /// <summary>Gets the values that are known today.</summary>
    static abstract IReadOnlyList<T> Known { get; }

    static abstract T FromWire(string value);
}
