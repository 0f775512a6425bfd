namespace Wan27.Sdk.Emulator.Generations;

/// <summary>The settings of an accepted request, including defaults.</summary>
/// <param name="Model">The model id.</param>
/// <param name="Resolution">The resolution, <c>720p</c> or <c>1080p</c>.</param>
/// <param name="Seconds">The duration: 5, 10 or 15 seconds.</param>
/// <param name="AspectRatio">The aspect ratio, such as <c>16:9</c>.</param>
internal sealed record GenerationParameters(string Model, string Resolution, int Seconds, string AspectRatio)
{
    /// <summary>Gets the price of a video whose settings do not affect it.</summary>
    public decimal? FixedUsd { get; init; }

    public decimal Usd => FixedUsd ?? Pricing.CalculateUsd(Resolution, Seconds);
}
