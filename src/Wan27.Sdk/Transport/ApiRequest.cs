namespace Wan27.Sdk.Transport;

/// <summary>A request that this client made, which knows whether it went out before.</summary>
internal sealed class ApiRequest(HttpMethod method, Uri address) : HttpRequestMessage(method, address)
{
    private int taken;

    /// <summary>Whether it comes by for the first time.</summary>
    public bool TryTake() => Interlocked.Exchange(ref taken, 1) == 0;

    /// <summary>The method, host and path; the headers, which the framework would print, hold the key.</summary>
    public override string ToString() => $"{Method} {RequestUri?.Host}{RequestUri?.AbsolutePath}";
}
