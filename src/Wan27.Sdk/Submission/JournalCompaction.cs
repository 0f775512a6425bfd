namespace Wan27.Sdk.Submission;

/// <summary>What a compaction writes into a journal's file: its number in the first line, and what it removed in the last.</summary>
internal sealed record JournalCompaction
{
    /// <summary>The number of the compaction, by which a reader notices that the file was written again.</summary>
    public required int Compaction { get; init; }

    /// <summary>What the entries that were removed count in their budgets; null in the first line.</summary>
    public IReadOnlyList<SpendingDay>? Removed { get; init; }
}
