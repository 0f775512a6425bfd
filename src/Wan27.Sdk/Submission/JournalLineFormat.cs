namespace Wan27.Sdk.Submission;

/// <summary>The format of a journal's line, which is read before the record in it.</summary>
/// <param name="V">The format; 0 in a line of the first version, which wrote none.</param>
internal sealed record JournalLineFormat(int V);
