using System.Text.Json.Serialization;

namespace Wan27.Sdk.Submission;

/// <summary>A journal's lines, without reflection.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SubmissionRecord))]
[JsonSerializable(typeof(JournalLineFormat))]
[JsonSerializable(typeof(JournalCompaction))]
internal sealed partial class SubmissionJournalJson : JsonSerializerContext;
