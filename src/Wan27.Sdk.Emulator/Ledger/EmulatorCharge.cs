namespace Wan27.Sdk.Emulator;

/// <summary>Money taken from the balance when a generation completed. A failed generation has none.</summary>
/// <param name="GenerationId">The generation.</param>
/// <param name="Usd">The amount, in US dollars.</param>
/// <param name="ChargedAt">When it was taken, by the emulator's clock.</param>
public sealed record EmulatorCharge(string GenerationId, decimal Usd, DateTimeOffset ChargedAt);
