using System.Text.Json.Serialization;

namespace Wan27.Sdk;

/// <summary>What a journal knows of a submission.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SubmissionState>))]
public enum SubmissionState
{
    /// <summary>Written down before it was sent: a task may exist.</summary>
    Intended,

    /// <summary>The task exists, and its id is known.</summary>
    Accepted,

    /// <summary>No task exists: it was not sent, or the service refused it. The same id may be submitted again.</summary>
    Refused,

    /// <summary>The task is over and needs nothing more: it failed, or its video was downloaded.</summary>
    Finished,
}
