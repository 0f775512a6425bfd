using Microsoft.AspNetCore.Http;
using Wan27.Sdk.Emulator.Faults;
using Wan27.Sdk.Emulator.Wire;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>One request on its way to an answer.</summary>
/// <param name="Request">What the ledger has of it.</param>
/// <param name="Http">The raw query and headers.</param>
/// <param name="Body">The body, condensed.</param>
/// <param name="RequestId">The id that the service gives to it.</param>
/// <param name="Now">When it is answered.</param>
/// <param name="Conditions">What a fault makes of the circumstances.</param>
internal sealed record Call(
    EmulatorRequest Request, HttpRequest Http, RequestBody Body, string RequestId, DateTimeOffset Now, Conditions Conditions)
{
    /// <summary>The client request id, if the service would keep it.</summary>
    public string? ClientRequestId => Request.ClientRequestId is { Length: >= 1 and <= 128 } id && id.All(IsAllowed) ? id : null;

    public string? Query(string name) => Http.Query[name] is [{ Length: > 0 } value, ..] ? value : null;

    private static bool IsAllowed(char character) => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or ':' or '-';
}
