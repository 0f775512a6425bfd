namespace Wan27.Sdk;

/// <summary>How certain a cost is.</summary>
public enum CostStatus
{
    /// <summary>Nobody can tell; it may be anything.</summary>
    Unknown,

    /// <summary>What the price list says of a request that has not been sent.</summary>
    Estimated,

    /// <summary>Not charged yet: the task goes on, or the service's log is late. An amount beside it is the price.</summary>
    Pending,

    /// <summary>What was charged; 0 for a task that failed, as the service charges none of those.</summary>
    Actual,
}
