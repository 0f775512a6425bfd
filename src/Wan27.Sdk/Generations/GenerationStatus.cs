using System.Text.Json.Serialization;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk;

/// <summary>
/// Where a generation stands. Open: a status that the server adds tomorrow is kept as it came and counts as pending,
/// never as success and never as failure. Compared without regard to case.
/// </summary>
[JsonConverter(typeof(WanJsonConverter))]
public readonly struct GenerationStatus : IEquatable<GenerationStatus>, IOpenValue<GenerationStatus>
{
    private const string UnknownValue = "unknown";

    private readonly string? value;

    /// <summary>Wraps a status as the server writes it.</summary>
    /// <param name="value">The status on the wire.</param>
    public GenerationStatus(string value) => this.value = value;

    /// <summary>Gets the status of a generation of which no status was read; the default value. It is pending.</summary>
    public static GenerationStatus Unknown { get; } = new(UnknownValue);

    /// <summary>Accepted, not begun.</summary>
    public static GenerationStatus Queued { get; } = new("queued");

    /// <summary>Being made.</summary>
    public static GenerationStatus Generating { get; } = new("generating");

    /// <summary>Finished: there is a video.</summary>
    public static GenerationStatus Completed { get; } = new("completed");

    /// <summary>Finished: there will be no video; <c>error</c> on the wire.</summary>
    public static GenerationStatus Failed { get; } = new("error");

    internal static GenerationStatus[] Known { get; } = [Queued, Generating, Completed, Failed];

    /// <summary>Gets the status as the service wrote it.</summary>
    public string Value => value is { Length: > 0 } ? value : UnknownValue;

    /// <summary>Whether the video is ready: <c>completed</c> or <c>succeeded</c>.</summary>
    public bool IsSucceeded => Is("completed") || Is("succeeded");

    /// <summary>Whether there will be no video: <c>error</c>, <c>failed</c>, <c>cancelled</c> or <c>canceled</c>.</summary>
    public bool IsFailed => Is("error") || Is("failed") || Is("cancelled") || Is("canceled");

    /// <summary>Whether the generation is still going on; true of every status that is neither success nor failure.</summary>
    public bool IsPending => !IsSucceeded && !IsFailed;

    /// <summary>Whether two statuses are the same, without regard to case.</summary>
    /// <param name="left">One status.</param>
    /// <param name="right">The other status.</param>
    public static bool operator ==(GenerationStatus left, GenerationStatus right) => left.Equals(right);

    /// <summary>Whether two statuses differ, without regard to case.</summary>
    /// <param name="left">One status.</param>
    /// <param name="right">The other status.</param>
    public static bool operator !=(GenerationStatus left, GenerationStatus right) => !left.Equals(right);

    static GenerationStatus IOpenValue<GenerationStatus>.FromWire(string value) => new(value);

    /// <inheritdoc/>
    public bool Equals(GenerationStatus other) => Is(other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GenerationStatus other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>The status as the server wrote it.</summary>
    public override string ToString() => Value;

    private bool Is(string other) => string.Equals(Value, other, StringComparison.OrdinalIgnoreCase);
}
