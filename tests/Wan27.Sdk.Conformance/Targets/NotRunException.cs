namespace Wan27.Sdk.Conformance.Targets;

/// <summary>The statement cannot be run here; the message is the reason.</summary>
internal sealed class NotRunException(string reason) : Exception(reason);
