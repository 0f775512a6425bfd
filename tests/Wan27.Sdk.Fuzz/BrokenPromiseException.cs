namespace Wan27.Sdk.Fuzz;

/// <summary>A parser did what it promises not to do.</summary>
internal sealed class BrokenPromiseException(string promise) : Exception(promise)
{
    public static void ThrowUnless(bool isKept, string promise)
    {
        if (!isKept)
            throw new BrokenPromiseException(promise);
    }
}
