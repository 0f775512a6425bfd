namespace Wan27.Sdk.Emulator;

/// <summary>A charge for a completed generation. A failed generation is not charged.</summary>
/// <param name="GenerationId">The id of the generation.</param>
/// <param name="Usd">The amount in US dollars.</param>
/// <param name="ChargedAt">The time of the charge, measured by <see cref="WanEmulatorOptions.TimeProvider"/>.</param>
public sealed record EmulatorCharge(string GenerationId, decimal Usd, DateTimeOffset ChargedAt);
