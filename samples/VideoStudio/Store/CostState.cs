namespace VideoStudio.Store;

/// <summary>Specifies how certain the cost of a generation is.</summary>
internal enum CostState
{
    /// <summary>The service gave no amount.</summary>
    Unknown,

    /// <summary>The amount is from the price list.</summary>
    Estimated,

    /// <summary>The generation is in progress.</summary>
    Pending,

    /// <summary>The amount is what was charged.</summary>
    Actual,
}
