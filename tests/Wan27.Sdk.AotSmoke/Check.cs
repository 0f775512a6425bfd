using System.Runtime.CompilerServices;

namespace Wan27.Sdk.AotSmoke;

/// <summary>Assertions for a program that cannot include a test runner.</summary>
internal static class Check
{
    public static void That(bool holds, [CallerArgumentExpression(nameof(holds))] string? claim = null)
    {
        if (!holds)
            throw new InvalidOperationException($"Not so: {claim}");
    }

    public static async Task<TException> ThrowsAsync<TException>(Func<Task> call)
        where TException : Exception
    {
        try
        {
            await call();
        }
        catch (TException e)
        {
            return e;
        }

        throw new InvalidOperationException($"No {typeof(TException).Name} was thrown.");
    }
}
