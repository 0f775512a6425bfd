using System.Text.Json;

namespace Wan27.Sdk.Submission;

/// <summary>
/// Reads the records that this version writes, several times as fast as the serializer, which reads everything else: a journal of a million
/// submissions is opened in seconds.
/// </summary>
internal static class JournalRecordReader
{
    private static readonly (byte[] Name, SubmissionState State)[] States =
        [.. Enum.GetValues<SubmissionState>().Select(state => (System.Text.Encoding.UTF8.GetBytes(state.ToString()), state))];

    // Most records of a journal have the same model, account and budget.
    [ThreadStatic]
    private static string?[]? recent;

    /// <summary>Returns the record of a line; null if it has anything that this version does not write, or lacks something.</summary>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public static SubmissionRecord? TryRead(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        string? id = null, fingerprint = null, model = null, generationId = null, account = null, budget = null;
        SubmissionState? state = null;
        decimal? estimated = null, actual = null;
        DateTimeOffset? started = null, recorded = null;
        if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isKnown = true;
            if (reader.ValueTextEquals("v"u8))
                isKnown = reader.Read() && reader.TokenType is JsonTokenType.Number;
            else if (reader.ValueTextEquals("clientRequestId"u8))
                isKnown = TryText(ref reader, out id);
            else if (reader.ValueTextEquals("fingerprint"u8))
                isKnown = TryText(ref reader, out fingerprint);
            else if (reader.ValueTextEquals("model"u8))
                isKnown = TryRecent(ref reader, 0, out model);
            else if (reader.ValueTextEquals("state"u8))
                isKnown = reader.Read() && (state = StateOf(ref reader)) is not null;
            else if (reader.ValueTextEquals("generationId"u8))
                isKnown = TryText(ref reader, out generationId);
            else if (reader.ValueTextEquals("account"u8))
                isKnown = TryRecent(ref reader, 1, out account);
            else if (reader.ValueTextEquals("budget"u8))
                isKnown = TryRecent(ref reader, 2, out budget);
            else if (reader.ValueTextEquals("estimatedUsd"u8))
                isKnown = TryAmount(ref reader, out estimated);
            else if (reader.ValueTextEquals("actualUsd"u8))
                isKnown = TryAmount(ref reader, out actual);
            else if (reader.ValueTextEquals("startedAt"u8))
                isKnown = TryTime(ref reader, out started);
            else if (reader.ValueTextEquals("recordedAt"u8))
                isKnown = TryTime(ref reader, out recorded);
            else
                isKnown = false;
            if (!isKnown)
                return null;
        }

        if (reader.TokenType is not JsonTokenType.EndObject || reader.Read() || id is null || fingerprint is null || model is null || state is null || recorded is null)
            return null;
        return new SubmissionRecord
        {
            ClientRequestId = id,
            Fingerprint = fingerprint,
            Model = model,
            State = state.Value,
            GenerationId = generationId,
            Account = account,
            Budget = budget,
            EstimatedUsd = estimated,
            ActualUsd = actual,
            StartedAt = started,
            RecordedAt = recorded.Value,
        };
    }

    private static SubmissionState? StateOf(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not JsonTokenType.String)
            return null;
        foreach (var (name, state) in States)
        {
            if (reader.ValueTextEquals(name))
                return state;
        }

        return null;
    }

    private static bool TryText(ref Utf8JsonReader reader, out string? text)
    {
        text = reader.Read() && reader.TokenType is JsonTokenType.String ? reader.GetString() : null;
        return text is not null;
    }

    private static bool TryRecent(ref Utf8JsonReader reader, int kind, out string? text)
    {
        text = null;
        if (!reader.Read() || reader.TokenType is not JsonTokenType.String)
            return false;
        recent ??= new string?[3];
        text = recent[kind] is { } last && reader.ValueTextEquals(last) ? last : recent[kind] = reader.GetString();
        return true;
    }

    private static bool TryAmount(ref Utf8JsonReader reader, out decimal? amount)
    {
        amount = reader.Read() && reader.TokenType is JsonTokenType.Number && reader.TryGetDecimal(out var value) ? value : null;
        return amount is not null;
    }

    private static bool TryTime(ref Utf8JsonReader reader, out DateTimeOffset? time)
    {
        time = reader.Read() && reader.TokenType is JsonTokenType.String && reader.TryGetDateTimeOffset(out var value) ? value : null;
        return time is not null;
    }
}
