namespace Wan27.Sdk;

/// <summary>Represents a model that the service offers.</summary>
public sealed record VideoModel
{
    /// <summary>Gets the id, which <see cref="VideoGenerationRequest.Model"/> takes.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the type as the service writes it.</summary>
    /// <value><c>video</c> for a model that makes videos; null if the list does not contain it.</value>
    public string? Type { get; init; }

    /// <summary>Gets other ids of the model.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Gets the lowest price of a <see cref="PriceUnit"/>, in US dollars. What a request costs: <see cref="IWanVideoClient.EstimateCostAsync"/>.</summary>
    /// <value>More than 0; null if the pricing is not understood.</value>
    public decimal? MinPriceUsd { get; init; }

    /// <summary>Gets the highest price of a <see cref="PriceUnit"/>, in US dollars, which depends on the fields of the request.</summary>
    /// <value>More than 0; null if the pricing is not understood.</value>
    public decimal? MaxPriceUsd { get; init; }

    /// <summary>Gets what is paid for, such as <c>second</c> or <c>video</c>.</summary>
    /// <value>The unit; null if the pricing is not understood.</value>
    public string? PriceUnit { get; init; }
}
