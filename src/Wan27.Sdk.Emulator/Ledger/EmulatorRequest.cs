namespace Wan27.Sdk.Emulator;

/// <summary>A request that the emulator received.</summary>
public sealed record EmulatorRequest
{
    /// <summary>Gets the position in the order of arrival.</summary>
    /// <value>The first request has number 1.</value>
    public required int Number { get; init; }

    /// <summary>Gets the time at which the headers were received.</summary>
    /// <value>The time, measured by <see cref="WanEmulatorOptions.TimeProvider"/>.</value>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Gets the requested operation.</summary>
    public required EmulatorOperations Operation { get; init; }

    /// <summary>Gets the HTTP method.</summary>
    /// <value>The method, such as <c>POST</c>.</value>
    public required string Method { get; init; }

    /// <summary>Gets the path without the query.</summary>
    public required string Path { get; init; }

    /// <summary>Gets the query as it was sent.</summary>
    /// <value>The query including the question mark, or an empty string.</value>
    public required string Query { get; init; }

    /// <summary>Gets the protocol.</summary>
    /// <value><c>HTTP/1.1</c> or <c>HTTP/2</c>.</value>
    public required string Protocol { get; init; }

    /// <summary>Gets the <c>X-Client-Request-Id</c> header as it was sent, valid or not.</summary>
    /// <value>The header, or <see langword="null"/> if the request has none.</value>
    public string? ClientRequestId { get; init; }

    /// <summary>Gets a value indicating whether the request has an <c>Authorization</c> header.</summary>
    /// <value><see langword="true"/> if it has one. A request for a file should have none.</value>
    public bool HasAuthorization { get; init; }

    /// <summary>Gets the body, in which <c>data:MIME;base64,(N bytes, sha256 HEX)</c> replaces media.</summary>
    /// <value>The body, at most 4 MB, or an empty string until the body is complete.</value>
    public string Body { get; init; } = "";

    /// <summary>Gets the number of bytes of the body that were received.</summary>
    public long BodyLength { get; init; }

    /// <summary>Gets a value indicating whether the complete body was received.</summary>
    /// <value><see langword="true"/> if it was received, or if the request has no body.</value>
    public bool IsBodyComplete { get; init; }

    /// <summary>Gets the HTTP status of the response.</summary>
    /// <value>The status, or <see langword="null"/> if no status line was sent, for example because of a fault.</value>
    public int? Status { get; init; }

    /// <summary>Gets the id of the generation that the request created.</summary>
    /// <value>The id, or <see langword="null"/> if the request created none.</value>
    public string? GenerationId { get; init; }

    /// <summary>Gets the fault that affected the request.</summary>
    /// <value>The fault, or <see langword="null"/> if there was none.</value>
    public EmulatorFault? Fault { get; init; }
}
