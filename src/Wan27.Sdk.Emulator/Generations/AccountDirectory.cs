using System.Collections.Concurrent;

namespace Wan27.Sdk.Emulator.Generations;

/// <summary>The accounts of an emulator, by their keys.</summary>
/// <param name="first">The account that exists from the start.</param>
internal sealed class AccountDirectory(EmulatorAccount first)
{
    private readonly ConcurrentDictionary<string, EmulatorAccount> byAuthorization = new(StringComparer.Ordinal)
    {
        [AuthorizationOf(first.ApiKey)] = first,
    };

    public EmulatorAccount First => first;

    public IEnumerable<EmulatorAccount> All => byAuthorization.Values;

    /// <exception cref="ArgumentException">There is an account with this key.</exception>
    public EmulatorAccount Add(EmulatorAccount account) => byAuthorization.TryAdd(AuthorizationOf(account.ApiKey), account)
        ? account
        : throw new ArgumentException("The emulator has an account with this key.", nameof(account));

    /// <summary>Finds an account by the value of the header <c>Authorization</c>, or returns null.</summary>
    public EmulatorAccount? Find(string authorization) => byAuthorization.GetValueOrDefault(authorization);

    private static string AuthorizationOf(string apiKey) => $"Bearer {apiKey}";
}
