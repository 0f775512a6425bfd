namespace Wan27.Sdk.Emulator;

/// <summary>One request that reached the emulator, on either of its origins.</summary>
public sealed record EmulatorRequest
{
    /// <summary>Its place in the order of arrival, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When its headers had arrived, by the emulator's clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What it asked for.</summary>
    public required EmulatorOperations Operation { get; init; }

    /// <summary>The HTTP method, in upper case.</summary>
    public required string Method { get; init; }

    /// <summary>The path, without the query.</summary>
    public required string Path { get; init; }

    /// <summary>The query with its question mark, as it was sent, or an empty string.</summary>
    public required string Query { get; init; }

    /// <summary>The protocol, <c>HTTP/1.1</c> or <c>HTTP/2</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The <c>X-Client-Request-Id</c> as it was sent, valid or not.</summary>
    /// <value><see langword="null"/> when there was none.</value>
    public string? ClientRequestId { get; init; }

    /// <summary>Whether an <c>Authorization</c> header came with it. No request for a file should have one.</summary>
    public bool HasAuthorization { get; init; }

    /// <summary>The body, with media replaced by <c>data:MIME;base64,(N bytes, sha256 HEX)</c>.</summary>
    /// <value>At most 4 MB; empty until the body is complete.</value>
    public string Body { get; init; } = "";

    /// <summary>How many bytes of the body arrived.</summary>
    public long BodyLength { get; init; }

    /// <summary>Whether the whole body arrived; <see langword="true"/> as well for a request that has none.</summary>
    public bool IsBodyComplete { get; init; }

    /// <summary>The status of the answer.</summary>
    /// <value><see langword="null"/> while there is none, and when a fault let no answer begin.</value>
    public int? Status { get; init; }

    /// <summary>The id of the generation that it created.</summary>
    /// <value><see langword="null"/> when it created none.</value>
    public string? GenerationId { get; init; }

    /// <summary>The fault that met it.</summary>
    /// <value><see langword="null"/> when none did.</value>
    public EmulatorFault? Fault { get; init; }
}
