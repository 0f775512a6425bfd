namespace Wan27.Sdk.Emulator;

/// <summary>
/// Specifies the shape of the responses to a submission and to the reads of its generation. Each value was seen in responses of the
/// service, for one video model or another. Pass it to <see cref="EmulatorScript.RespondInShape"/>.
/// </summary>
public enum EmulatorResponseShape
{
    /// <summary>
    /// All documented fields, which are null if they have no value: <c>id</c>, <c>status</c>, <c>video</c>, <c>error</c> and
    /// <c>meta</c>. The default.
    /// </summary>
    Documented,

    /// <summary>Only the fields that have a value, without <c>meta</c>.</summary>
    Minimal,

    /// <summary>The fields of <see cref="Minimal"/>. The status of a completed generation is <c>succeeded</c>.</summary>
    Succeeded,

    /// <summary>
    /// The fields of <see cref="Minimal"/>. The status of a generation that is not complete is <c>waiting</c> and then <c>active</c>.
    /// </summary>
    WaitingAndActive,

    /// <summary>
    /// The response to the submission has <c>generation_id</c> in place of <c>id</c>, and <c>meta.usage</c> has only
    /// <c>credits_used</c>.
    /// </summary>
    GenerationId,

    /// <summary><c>meta.usage</c> has only <c>tokens_used</c>, in the response to the submission.</summary>
    TokensUsed,

    /// <summary>
    /// <c>video</c> is an object with <c>url</c>, <c>content_type</c>, <c>file_name</c>, <c>file_size</c> and <c>duration</c>.
    /// </summary>
    VideoDetails,

    /// <summary><c>video</c> is an array of addresses.</summary>
    VideoAddresses,

    /// <summary><c>video</c> is an array of objects with <c>url</c>.</summary>
    VideoObjects,

    /// <summary>
    /// A completed generation has an <c>error</c> with a name and a message, as the examples of the service do, and <c>model</c>.
    /// </summary>
    ErrorOfCompleted,
}
