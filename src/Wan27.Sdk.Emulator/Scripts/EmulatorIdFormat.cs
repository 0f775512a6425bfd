namespace Wan27.Sdk.Emulator;

/// <summary>Specifies the format of the id of a generation. Each value was seen in responses of the service.</summary>
public enum EmulatorIdFormat
{
    /// <summary>21 letters, digits, dashes and underscores, of which the first can be a dash. The default.</summary>
    Compact,

    /// <summary>A UUID.</summary>
    Uuid,

    /// <summary>A UUID, a colon and the id of the model, which contains slashes.</summary>
    UuidAndModel,

    /// <summary>15 digits, which is more than a 32-bit integer holds.</summary>
    Digits,

    /// <summary>15 digits, a colon and the id of the model, which contains slashes.</summary>
    DigitsAndModel,

    /// <summary>A prefix, the time and five characters, such as <c>cgt-20260701120000-n4qjp</c>.</summary>
    PrefixAndTime,

    /// <summary><c>video_</c>, 32 hexadecimal digits, a colon and the id of the model without its first part.</summary>
    HexAndModel,
}
