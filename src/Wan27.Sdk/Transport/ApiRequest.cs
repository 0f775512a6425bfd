namespace Wan27.Sdk.Transport;

/// <summary>A request that may be printed.</summary>
internal sealed class ApiRequest(HttpMethod method, Uri address) : HttpRequestMessage(method, address)
{
    /// <summary>The method, host and path; the headers, which the framework would print, hold the key.</summary>
    public override string ToString() => $"{Method} {RequestUri?.Host}{RequestUri?.AbsolutePath}";
}
