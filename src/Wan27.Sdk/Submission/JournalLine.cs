using System.Text.Json;

namespace Wan27.Sdk.Submission;

/// <summary>One line of a journal's file: a record, or what a compaction wrote. Lines of the first version have the format 1 or none.</summary>
internal static class JournalLine
{
    public const int Format = 2;

    /// <summary>A record has some 500 bytes.</summary>
    public const int MaxLength = 64 * 1024;

    private static readonly byte[][] Prefixes =
        [[.. "{\"v\":2,"u8], [.. "{\"v\":1,"u8], [.. "{\"clientRequestId\":\""u8]];

    /// <summary>Returns a record as a line, with its end.</summary>
    public static byte[] Of(SubmissionRecord record) => Line(JsonSerializer.SerializeToUtf8Bytes(record, SubmissionJournalJson.Default.SubmissionRecord));

    /// <summary>Returns what a compaction writes as a line, with its end.</summary>
    public static byte[] Of(JournalCompaction compaction) =>
        Line(JsonSerializer.SerializeToUtf8Bytes(compaction, SubmissionJournalJson.Default.JournalCompaction));

    /// <summary>Returns the record or the compaction of a line; nothing if it is neither.</summary>
    /// <exception cref="NotSupportedException">The line has a newer format.</exception>
    public static (SubmissionRecord? Record, JournalCompaction? Compaction) Parse(ReadOnlySpan<byte> text)
    {
        try
        {
            if (!text.StartsWith(Prefixes[0]) && JsonSerializer.Deserialize(text, SubmissionJournalJson.Default.JournalLineFormat) is { V: > Format and var newer })
                throw new NotSupportedException($"has format {newer}, and this version reads up to format {Format}; update the application");
            if (text.StartsWith(Prefixes[0]) && JournalRecordReader.TryRead(text) is { } usual)
                return (usual, null);
            if (text.StartsWith("{\"v\":2,\"compaction\":"u8))
                return (null, JsonSerializer.Deserialize(text, SubmissionJournalJson.Default.JournalCompaction));
            var record = JsonSerializer.Deserialize(text, SubmissionJournalJson.Default.SubmissionRecord);
            return (record is { ClientRequestId: not null, Fingerprint: not null, Model: not null } && Enum.IsDefined(record.State) ? record : null, null);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>Returns whether the end of a file is what a crash leaves of a line: cut short, or zeros in its place. Anything else is damage.</summary>
    public static bool IsTorn(ReadOnlySpan<byte> rest)
    {
        var written = rest.TrimEnd((byte)0);
        foreach (var prefix in Prefixes)
        {
            if (written.StartsWith(prefix) || prefix.AsSpan().StartsWith(written))
                return IsCutShort(written);
        }

        return false;
    }

    private static byte[] Line(ReadOnlySpan<byte> json) => [.. Prefixes[0], .. json[1..], (byte)'\n'];

    private static bool IsCutShort(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, isFinalBlock: false, state: default);
        try
        {
            while (reader.Read())
            {
                // To the end of what is there.
            }

            return reader is not { TokenType: JsonTokenType.EndObject, CurrentDepth: 0 };
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
