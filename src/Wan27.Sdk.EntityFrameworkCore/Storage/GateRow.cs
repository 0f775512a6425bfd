namespace Wan27.Sdk.Storage;

/// <summary>The only row that each writing call updates first: calls follow each other, so that a limit that was checked is not passed by another call.</summary>
internal sealed class GateRow
{
    public const int OnlyId = 1;

    public int Id { get; set; }

    public string LastCall { get; set; } = "";
}
