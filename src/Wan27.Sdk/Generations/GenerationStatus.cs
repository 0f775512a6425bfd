using System.Runtime.Serialization;
using System.Text.Json.Serialization;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk;

/// <summary>
/// Represents the status of a generation. A status that this library does not know is kept, and counts as pending. Statuses are compared without
/// regard to case.
/// </summary>
[JsonConverter(typeof(WanJsonConverter))]
public readonly struct GenerationStatus : IEquatable<GenerationStatus>, IOpenValue<GenerationStatus>
{
    private const string UnknownValue = "unknown";

    private readonly string? value;

    /// <summary>Initializes a status.</summary>
    /// <param name="value">The status as the service writes it.</param>
    public GenerationStatus(string value) => this.value = value;

    /// <summary>Gets the status of a generation of which no status was read; the default value. It is pending.</summary>
    public static GenerationStatus Unknown { get; } = new(UnknownValue);

    /// <summary>Gets the status of an accepted generation that was not started.</summary>
    public static GenerationStatus Queued { get; } = new("queued");

    /// <summary>Gets the status of a generation in progress.</summary>
    public static GenerationStatus Generating { get; } = new("generating");

    /// <summary>Gets the status of a complete generation, which has a video.</summary>
    public static GenerationStatus Completed { get; } = new("completed");

    /// <summary>Gets the status of a failed generation, which the service writes as <c>error</c>.</summary>
    public static GenerationStatus Failed { get; } = new("error");

    internal static GenerationStatus[] Known { get; } = [Queued, Generating, Completed, Failed];

    /// <summary>Gets the status as the service wrote it.</summary>
    public string Value => value is { Length: > 0 } ? value : UnknownValue;

    /// <summary>Gets a value indicating whether the video is ready: <c>completed</c> or <c>succeeded</c>.</summary>
    public bool IsSucceeded => Is("completed") || Is("succeeded");

    /// <summary>Gets a value indicating whether there will be no video: <c>error</c>, <c>failed</c>, <c>cancelled</c> or <c>canceled</c>.</summary>
    public bool IsFailed => Is("error") || Is("failed") || Is("cancelled") || Is("canceled");

    /// <summary>Gets a value indicating whether the generation is in progress: every status that is neither success nor failure.</summary>
    public bool IsPending => !IsSucceeded && !IsFailed;

    /// <summary>Returns whether two statuses are equal, without regard to case.</summary>
    /// <param name="left">One status.</param>
    /// <param name="right">The other status.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(GenerationStatus left, GenerationStatus right) => left.Equals(right);

    /// <summary>Returns whether two statuses differ, without regard to case.</summary>
    /// <param name="left">One status.</param>
    /// <param name="right">The other status.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(GenerationStatus left, GenerationStatus right) => !left.Equals(right);

    static IReadOnlyList<GenerationStatus> IOpenValue<GenerationStatus>.Known => Known;

    static GenerationStatus IOpenValue<GenerationStatus>.FromWire(string value) => new(value);

    /// <inheritdoc/>
    public bool Equals(GenerationStatus other) => Is(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GenerationStatus other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns the status as the service wrote it.</summary>
    public override string ToString() => Value;

    private bool Is(string other) => string.Equals(Value, other, StringComparison.OrdinalIgnoreCase);

    [OnSerializing]
    private void RefuseToWrite(StreamingContext context) => throw OtherSerializer.Refusal(nameof(GenerationStatus));

    [OnDeserializing]
    private void RefuseToRead(StreamingContext context) => throw OtherSerializer.Refusal(nameof(GenerationStatus));
}
