using System.Text.Json;
using System.Text.Json.Nodes;

namespace Wan27.Sdk.Emulator;

/// <summary>
/// How a generation behaves. Start from one of the factories and add to it: <c>EmulatorScript.FailWith("name", "message") with
/// { GeneratingFor = TimeSpan.FromMinutes(8) }</c>. Hand it to <see cref="WanEmulator.Script(EmulatorScript, int)"/>.
/// </summary>
public sealed record EmulatorScript
{
    /// <summary>How long the generation is <c>queued</c>.</summary>
    /// <value>Zero or more. Default <see langword="null"/>: <see cref="WanEmulatorOptions.QueuedFor"/>.</value>
    public TimeSpan? QueuedFor { get; init; }

    /// <summary>How long the generation is <c>generating</c>.</summary>
    /// <value>Zero or more. Default <see langword="null"/>: <see cref="WanEmulatorOptions.GeneratingFor"/>.</value>
    public TimeSpan? GeneratingFor { get; init; }

    /// <summary>
    /// The statuses of one read after another, in place of the clock; the last one stays. The generation ends, and is charged if
    /// that is a success, at the first read that is answered <c>completed</c>, <c>succeeded</c>, <c>error</c>, <c>failed</c>,
    /// <c>cancelled</c> or <c>canceled</c>.
    /// </summary>
    /// <value>Default empty: the clock decides.</value>
    public IReadOnlyList<string> Statuses { get; init; } = [];

    /// <summary>The JSON value of <c>error</c>; with one, the generation ends as <c>error</c> and is not charged.</summary>
    /// <value>Default <see langword="null"/>: the generation succeeds.</value>
    public string? ErrorJson { get; init; }

    /// <summary>How many reads of the completed generation come without a video.</summary>
    /// <value>0 or more. Default 0.</value>
    public int ReadsWithoutUrl { get; init; }

    /// <summary>
    /// The whole body of every read of the generation, in place of the emulator's. <c>{id}</c>, <c>{status}</c> and <c>{url}</c> in it
    /// are replaced by the generation's own. The generation itself lives on by the clock.
    /// </summary>
    /// <value>Default <see langword="null"/>.</value>
    public string? AnswerJson { get; init; }

    /// <summary>A generation that fails with a name and a message, the service's usual form.</summary>
    /// <param name="name">The name of the error.</param>
    /// <param name="message">Its message.</param>
    public static EmulatorScript FailWith(string name, string message) =>
        new() { ErrorJson = new JsonObject { ["name"] = name, ["message"] = message }.ToJsonString() };

    /// <summary>A generation that fails with the other form, <c>{"detail":[{"loc":[…],"msg":…,"type":…}]}</c>, which has neither name nor message.</summary>
    /// <param name="message">The <c>msg</c> of the only detail.</param>
    /// <param name="location">The <c>loc</c>, outermost first.</param>
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

    /// <summary>A generation that takes this long.</summary>
    /// <param name="queued">In the queue.</param>
    /// <param name="generating">After the queue.</param>
    public static EmulatorScript TakeFor(TimeSpan queued, TimeSpan generating) =>
        new() { QueuedFor = queued, GeneratingFor = generating };

    /// <summary>A generation whose reads are answered with these statuses in order.</summary>
    /// <param name="statuses">The statuses; the last one stays. See <see cref="Statuses"/>.</param>
    public static EmulatorScript AnswerStatuses(params string[] statuses) => new() { Statuses = [.. statuses] };

    /// <summary>A generation that is completed, but without a video for a while.</summary>
    /// <param name="reads">How many reads come without it.</param>
    public static EmulatorScript CompleteWithoutUrl(int reads) => new() { ReadsWithoutUrl = reads };

    /// <summary>A generation whose reads are answered with this body. See <see cref="AnswerJson"/>.</summary>
    /// <param name="json">The body, well formed or not.</param>
    public static EmulatorScript Answer(string json) => new() { AnswerJson = json };

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(QueuedFor ?? TimeSpan.Zero, TimeSpan.Zero, nameof(QueuedFor));
        ArgumentOutOfRangeException.ThrowIfLessThan(GeneratingFor ?? TimeSpan.Zero, TimeSpan.Zero, nameof(GeneratingFor));
        ArgumentOutOfRangeException.ThrowIfNegative(ReadsWithoutUrl, nameof(ReadsWithoutUrl));
        ArgumentNullException.ThrowIfNull(Statuses, nameof(Statuses));
        if (ErrorJson is not null)
            _ = ParseError(ErrorJson);
    }

    private static JsonNode? ParseError(string json)
    {
        try
        {
            return JsonNode.Parse(json);
        }
        catch (JsonException malformed)
        {
            throw new ArgumentException($"{nameof(ErrorJson)} is not JSON: {json}", nameof(json), malformed);
        }
    }
}
