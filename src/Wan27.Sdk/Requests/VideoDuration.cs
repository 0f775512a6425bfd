using System.Text.Json.Serialization;

namespace Wan27.Sdk;

/// <summary>
/// The length of the video in whole seconds. The API offers 5, 10 and 15; the model behind it accepts 2 to 15, so another
/// value can be made and, with <see cref="WanVideoClientOptions.SkipValidation"/>, sent. The server's default is 10, and it bills by the second.
/// </summary>
/// <param name="Seconds">The length in seconds.</param>
[JsonConverter(typeof(WanJsonConverter))]
public readonly record struct VideoDuration(int Seconds)
{
    /// <summary>5 seconds.</summary>
    public static VideoDuration FiveSeconds { get; } = new(5);

    /// <summary>10 seconds; the server's default.</summary>
    public static VideoDuration TenSeconds { get; } = new(10);

    /// <summary>15 seconds.</summary>
    public static VideoDuration FifteenSeconds { get; } = new(15);

    /// <summary>The length with its unit.</summary>
    public override string ToString() => $"{Seconds} s";
}
