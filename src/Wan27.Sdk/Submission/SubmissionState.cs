using System.Text.Json.Serialization;

namespace Wan27.Sdk;

/// <summary>Specifies what a journal knows of a submission.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SubmissionState>))]
public enum SubmissionState
{
    /// <summary>It was recorded before it was sent: a generation may exist.</summary>
    Intended,

    /// <summary>The generation exists, and its id is known.</summary>
    Accepted,

    /// <summary>The generation is complete; its video was not downloaded yet.</summary>
    Completed,

    /// <summary>No generation exists, because the request was not sent or was refused. The same id can be submitted again.</summary>
    Refused,

    /// <summary>The generation needs nothing more: it failed, or its video was downloaded.</summary>
    Finished,
}
