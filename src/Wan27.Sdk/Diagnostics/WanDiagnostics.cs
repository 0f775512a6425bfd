namespace Wan27.Sdk;

/// <summary>
/// The names under which this library logs, traces and counts, for whoever listens. The README lists every event, span and instrument.
/// None of them holds a key, the query of an address or media; a prompt only where <see cref="WanVideoClientOptions.LogContent"/> is set, and only in logs.
/// </summary>
public static class WanDiagnostics
{
    /// <summary>The category of every log entry.</summary>
    public const string LogCategory = "Wan27.Sdk";

    /// <summary>The name of the <see cref="System.Diagnostics.ActivitySource"/>; OpenTelemetry: <c>AddSource</c>.</summary>
    public const string ActivitySourceName = "Wan27.Sdk";

    /// <summary>The name of the <see cref="System.Diagnostics.Metrics.Meter"/>; OpenTelemetry: <c>AddMeter</c>.</summary>
    public const string MeterName = "Wan27.Sdk";
}
