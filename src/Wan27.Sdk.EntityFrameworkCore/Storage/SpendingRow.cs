namespace Wan27.Sdk.Storage;

/// <summary>What a budget counts of one UTC day, in millionths of a US dollar: a limit is checked without reading the submissions.</summary>
internal sealed class SpendingRow
{
    public string Budget { get; set; } = "";

    public int Day { get; set; }

    public long SpentMicros { get; set; }

    public long ReservedMicros { get; set; }
}
