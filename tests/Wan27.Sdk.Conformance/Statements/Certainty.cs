namespace Wan27.Sdk.Conformance.Statements;

/// <summary>How certain a statement is before it is run against the service.</summary>
internal enum Certainty
{
    /// <summary>The documentation of the service contains it.</summary>
    Documented,

    /// <summary>A response of the service that its documentation prints shows it.</summary>
    Recorded,

    /// <summary>Others reported it.</summary>
    Reported,

    /// <summary>Neither: the client works with either outcome, or relies on it by necessity.</summary>
    Assumed,
}
