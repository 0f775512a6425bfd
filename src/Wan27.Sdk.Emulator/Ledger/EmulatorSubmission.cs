namespace Wan27.Sdk.Emulator;

/// <summary>One generation that was accepted: on the real service, money that will be spent.</summary>
public sealed record EmulatorSubmission
{
    /// <summary>The id of the generation.</summary>
    public required string Id { get; init; }

    /// <summary>The client request id, if it was one that the service keeps.</summary>
    /// <value><see langword="null"/> when none was sent, or one outside <c>[A-Za-z0-9._:-]{1,128}</c>, which is dropped in silence.</value>
    public string? ClientRequestId { get; init; }

    /// <summary>The model, such as <c>alibaba/wan-2-7-i2v</c>.</summary>
    public required string Model { get; init; }

    /// <summary>The JSON of the request, with media replaced by <c>data:MIME;base64,(N bytes, sha256 HEX)</c>.</summary>
    public required string Body { get; init; }

    /// <summary>When it was accepted, by the emulator's clock.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>What it costs if it completes, in US dollars.</summary>
    public required decimal Usd { get; init; }

    /// <summary>Its status when the ledger was read.</summary>
    public required string Status { get; init; }
}
