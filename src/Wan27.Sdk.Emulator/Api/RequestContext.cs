using Microsoft.AspNetCore.Http;
using Wan27.Sdk.Emulator.Faults;
using Wan27.Sdk.Emulator.Http;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>A request that an endpoint handles.</summary>
/// <param name="Account">The account of the key; the first account for a request without a valid key.</param>
/// <param name="Request">The entry of the ledger.</param>
/// <param name="Http">The query and the headers.</param>
/// <param name="Body">The body without its media.</param>
/// <param name="RequestId">The request id that the service assigns.</param>
/// <param name="Now">The time of the response.</param>
/// <param name="Behavior">The behavior of the endpoint, which a fault can change.</param>
internal sealed record RequestContext(
    EmulatorAccount Account,
    EmulatorRequest Request,
    HttpRequest Http,
    RequestBody Body,
    string RequestId,
    DateTimeOffset Now,
    EndpointBehavior Behavior)
{
    /// <summary>Gets the client request id, or null if the service would drop it.</summary>
    public string? ClientRequestId => Request.ClientRequestId is { Length: >= 1 and <= 128 } id && id.All(IsAllowed) ? id : null;

    public string? GetQueryValue(string name) => Http.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    private static bool IsAllowed(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or ':' or '-';
}
