namespace Wan27.Sdk.Emulator;

/// <summary>An accepted submission. At the service, it would cost money.</summary>
public sealed record EmulatorSubmission
{
    /// <summary>Gets the id of the generation.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the client request id.</summary>
    /// <value>
    /// The id, or <see langword="null"/> if none was sent or if it does not match <c>[A-Za-z0-9._:-]{1,128}</c>. The service
    /// drops such an id without an error.
    /// </value>
    public string? ClientRequestId { get; init; }

    /// <summary>Gets the id of the model.</summary>
    /// <value>The id, such as <c>alibaba/wan-2-7-i2v</c>.</value>
    public required string Model { get; init; }

    /// <summary>Gets the JSON of the request, in which <c>data:MIME;base64,(N bytes, sha256 HEX)</c> replaces media.</summary>
    public required string Body { get; init; }

    /// <summary>Gets the time at which the submission was accepted.</summary>
    /// <value>The time, measured by <see cref="WanEmulatorOptions.TimeProvider"/>.</value>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Gets the cost of the generation if it completes.</summary>
    /// <value>The cost in US dollars.</value>
    public required decimal Usd { get; init; }

    /// <summary>Gets the status of the generation at the time at which the ledger was read.</summary>
    public required string Status { get; init; }
}
