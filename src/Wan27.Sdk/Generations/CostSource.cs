namespace Wan27.Sdk;

/// <summary>Who told a cost.</summary>
public enum CostSource
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>The service's price list.</summary>
    PriceList,

    /// <summary>The answer about the task.</summary>
    Answer,

    /// <summary>The headers of that answer, where its body told nothing.</summary>
    Header,

    /// <summary>The service's log of requests.</summary>
    Log,
}
