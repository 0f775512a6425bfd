using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk;

/// <summary>
/// Represents the duration of a video in seconds. The API documents 5, 10 and 15, and the model accepts 2 to 15: another value can be sent
/// with <see cref="WanVideoClientOptions.SkipValidation"/>. Default of the service: 10 s. It charges by the second.
/// </summary>
/// <param name="Seconds">The duration in seconds.</param>
[JsonConverter(typeof(WanJsonConverter))]
public readonly record struct VideoDuration(int Seconds)
{
    /// <summary>Gets 5 seconds.</summary>
    public static VideoDuration FiveSeconds { get; } = new(5);

    /// <summary>Gets 10 seconds.</summary>
    public static VideoDuration TenSeconds { get; } = new(10);

    /// <summary>Gets 15 seconds.</summary>
    public static VideoDuration FifteenSeconds { get; } = new(15);

    /// <summary>Returns the duration with its unit.</summary>
    public override string ToString() => $"{Seconds} s";

    [OnSerializing]
    private void RefuseToWrite(StreamingContext context) => throw OtherSerializer.Refusal(nameof(VideoDuration));

    [OnDeserializing]
    private void RefuseToRead(StreamingContext context) => throw OtherSerializer.Refusal(nameof(VideoDuration));
}
