using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wan27.Sdk.Emulator;

/// <summary>
/// Defines the behavior of a generation. Pass it to <see cref="WanEmulator.Script(EmulatorScript, int)"/>.
/// </summary>
/// <remarks>
/// A factory method creates the most common scripts, and a <c>with</c> expression extends them:
/// <c>EmulatorScript.FailWith("name", "message") with { GeneratingFor = TimeSpan.FromMinutes(8) }</c>.
/// </remarks>
public sealed record EmulatorScript
{
    /// <summary>Gets how long the generation is <c>queued</c>.</summary>
    /// <value>
    /// Zero or more. The default is <see langword="null"/>, which selects <see cref="WanEmulatorOptions.QueuedFor"/>.
    /// </value>
    public TimeSpan? QueuedFor { get; init; }

    /// <summary>Gets how long the generation is <c>generating</c> after it was queued.</summary>
    /// <value>
    /// Zero or more. The default is <see langword="null"/>, which selects <see cref="WanEmulatorOptions.GeneratingFor"/>.
    /// </value>
    public TimeSpan? GeneratingFor { get; init; }

    /// <summary>Gets the statuses of successive reads, which replace the clock. The last status repeats.</summary>
    /// <value>The default is an empty list, so that the clock determines the status.</value>
    /// <remarks>
    /// The generation ends at the first read that returns <c>completed</c>, <c>succeeded</c>, <c>error</c>, <c>failed</c>,
    /// <c>cancelled</c> or <c>canceled</c>. It is charged if it ends with one of the first two.
    /// </remarks>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>
    /// Gets the JSON value of <c>error</c>. If it is set, the generation ends with status <c>error</c> and is not charged.
    /// </summary>
    /// <value>The default is <see langword="null"/>, so that the generation succeeds.</value>
    public string? ErrorJson { get; init; }

    /// <summary>Gets the number of reads of the completed generation that return no video.</summary>
    /// <value>Zero or more. The default is 0.</value>
    public int ReadsWithoutUrl { get; init; }

    /// <summary>Gets the body of the response to each read of the generation.</summary>
    /// <value>
    /// The body, in which <c>{id}</c>, <c>{status}</c> and <c>{url}</c> are replaced with the values of the generation. It does
    /// not have to be valid JSON. The default is <see langword="null"/>, which selects the body of the emulator.
    /// </value>
    /// <remarks>The body has no effect on the state of the generation.</remarks>
    public string? ResponseJson { get; init; }

    /// <summary>Gets the shape of the responses to the submission and to each read of the generation.</summary>
    /// <value>The default is <see cref="EmulatorResponseShape.Documented"/>.</value>
    /// <remarks>The shape changes only responses, and not the values in <see cref="Statuses"/>.</remarks>
    public EmulatorResponseShape Shape { get; init; }

    /// <summary>Gets the format of the id of the generation.</summary>
    /// <value>The default is <see cref="EmulatorIdFormat.Compact"/>.</value>
    public EmulatorIdFormat IdFormat { get; init; }

    /// <summary>Creates a script for a generation that fails with the usual error of the service.</summary>
    /// <param name="name">The name of the error.</param>
    /// <param name="message">The message of the error.</param>
    /// <returns>The script.</returns>
    public static EmulatorScript FailWith(string name, string message) =>
        new() { ErrorJson = new JsonObject { ["name"] = name, ["message"] = message }.ToJsonString() };

    /// <summary>
    /// Creates a script for a generation that fails with <c>{"detail":[{"loc":[…],"msg":…,"type":…}]}</c>, which has neither a
    /// name nor a message.
    /// </summary>
    /// <param name="message">The <c>msg</c> of the detail.</param>
    /// <param name="location">The <c>loc</c> of the detail, from the outermost part to the innermost.</param>
    /// <returns>The script.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="location"/> is <see langword="null"/>.</exception>
    public static EmulatorScript FailWithDetail(string message, params string[] location)
    {
        ArgumentNullException.ThrowIfNull(location);

        var detail = new JsonObject
        {
            ["loc"] = new JsonArray([.. location.Select(part => JsonValue.Create(part))]),
            ["msg"] = message,
            ["type"] = "value_error",
        };
        return new() { ErrorJson = new JsonObject { ["detail"] = new JsonArray(detail) }.ToJsonString() };
    }

    /// <summary>Creates a script for a generation of a given duration.</summary>
    /// <param name="queued">The time in the queue. See <see cref="QueuedFor"/>.</param>
    /// <param name="generating">The time after the queue. See <see cref="GeneratingFor"/>.</param>
    /// <returns>The script.</returns>
    public static EmulatorScript TakeFor(TimeSpan queued, TimeSpan generating) =>
        new() { QueuedFor = queued, GeneratingFor = generating };

    /// <summary>Creates a script for a generation whose reads return the given statuses in order.</summary>
    /// <param name="statuses">The statuses, of which the last one repeats. See <see cref="Statuses"/>.</param>
    /// <returns>The script.</returns>
    public static EmulatorScript RespondWithStatuses(params string[] statuses) => new() { Statuses = [.. statuses] };

    /// <summary>Creates a script for a generation that completes, but whose first reads then return no video.</summary>
    /// <param name="reads">The number of reads that return no video. See <see cref="ReadsWithoutUrl"/>.</param>
    /// <returns>The script.</returns>
    public static EmulatorScript CompleteWithoutUrl(int reads) => new() { ReadsWithoutUrl = reads };

    /// <summary>Creates a script for a generation whose reads return the given body.</summary>
    /// <param name="json">The body. See <see cref="ResponseJson"/>.</param>
    /// <returns>The script.</returns>
    public static EmulatorScript RespondWith(string json) => new() { ResponseJson = json };

    /// <summary>Creates a script for a generation whose responses have a shape that other models of the service have.</summary>
    /// <param name="shape">The shape. See <see cref="Shape"/>.</param>
    /// <param name="idFormat">The format of its id. See <see cref="IdFormat"/>.</param>
    /// <returns>The script.</returns>
    public static EmulatorScript RespondInShape(
        EmulatorResponseShape shape, EmulatorIdFormat idFormat = EmulatorIdFormat.Compact) =>
        new() { Shape = shape, IdFormat = idFormat };

    internal void Validate()
    {
        ThrowIfUndefined(Shape, nameof(Shape));
        ThrowIfUndefined(IdFormat, nameof(IdFormat));
        ArgumentOutOfRangeException.ThrowIfLessThan(QueuedFor ?? TimeSpan.Zero, TimeSpan.Zero, nameof(QueuedFor));
        ArgumentOutOfRangeException.ThrowIfLessThan(GeneratingFor ?? TimeSpan.Zero, TimeSpan.Zero, nameof(GeneratingFor));
        ArgumentOutOfRangeException.ThrowIfNegative(ReadsWithoutUrl, nameof(ReadsWithoutUrl));
        ArgumentNullException.ThrowIfNull(Statuses, nameof(Statuses));
        if (ErrorJson is not null)
            ThrowIfNotJson(ErrorJson, nameof(ErrorJson));
    }

    private static void ThrowIfUndefined<T>(T value, string name)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be a value of {typeof(T).Name}.");
    }

    private static void ThrowIfNotJson(string json, string name)
    {
        try
        {
            using var _ = JsonDocument.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"{name} must be valid JSON (was {json}).", name, exception);
        }
    }
}
