namespace Wan27.Sdk;

/// <summary>What is left on the account.</summary>
/// <param name="Amount">The amount in <paramref name="Currency"/>.</param>
/// <param name="Currency">The currency's code; the vendor documents <c>USD</c>.</param>
public sealed record AccountBalance(decimal Amount, string Currency);
