namespace Wan27.Sdk.Emulator.Tasks;

/// <summary>What an accepted request asks for, defaults filled in.</summary>
/// <param name="Model">The model's id.</param>
/// <param name="Resolution"><c>720p</c> or <c>1080p</c>.</param>
/// <param name="Seconds">5, 10 or 15.</param>
/// <param name="AspectRatio">Such as <c>16:9</c>.</param>
internal sealed record VideoOrder(string Model, string Resolution, int Seconds, string AspectRatio)
{
    public decimal Usd => Tariff.Usd(Resolution, Seconds);
}
