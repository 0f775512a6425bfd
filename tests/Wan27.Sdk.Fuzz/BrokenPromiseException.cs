namespace Wan27.Sdk.Fuzz;

/// <summary>A parser broke one of its promises.</summary>
internal sealed class BrokenPromiseException(string promise) : Exception(promise)
{
    public static void ThrowUnless(bool isKept, string promise)
    {
        if (!isKept)
            throw new BrokenPromiseException(promise);
    }
}
