using System.Diagnostics.Metrics;

namespace Wan27.Sdk.Diagnostics;

/// <summary>What is counted. Units are OpenTelemetry's: UCUM, with what is counted in braces.</summary>
internal sealed class Instruments
{
    public static readonly Instruments Shared = new(new Meter(WanVideoClient.MeterName, Spans.Version));

    public Instruments(Meter meter)
    {
        Generations = meter.CreateCounter<long>("wan27.generations", "{generation}", "Generations that ended for the caller, by outcome.");
        Duration = meter.CreateHistogram<double>("gen_ai.client.operation.duration", "s", "From a submission to its end: the video, or what came instead."
#if NET9_0_OR_GREATER
            , tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [1, 5, 15, 30, 45, 60, 75, 90, 120, 180, 300, 420, 600, 900, 1200, 1800] }
#endif
        );
        Polls = meter.CreateCounter<long>("wan27.polls", "{poll}", "Number of polls of generations.");
        Retries = meter.CreateCounter<long>("wan27.retries", "{retry}", "Attempts after the first, by what was tried again.");
        Ambiguous = meter.CreateCounter<long>("wan27.ambiguous_submissions", "{submission}", "Submissions whose outcome was unclear.");
        Reconciled = meter.CreateCounter<long>("wan27.reconciled_submissions", "{submission}", "Submissions whose outcome was unclear, by how the search for them ended.");
        Bytes = meter.CreateCounter<long>("wan27.network.io", "By", "Bytes of submissions sent and of videos received.");
        Cost = meter.CreateCounter<double>("wan27.cost", "usd", "Cost of generations in US dollars, if the service reports it; each once.");
    }

    public Counter<long> Generations { get; }

    public Histogram<double> Duration { get; }

    public Counter<long> Polls { get; }

    public Counter<long> Retries { get; }

    public Counter<long> Ambiguous { get; }

    public Counter<long> Reconciled { get; }

    public Counter<long> Bytes { get; }

    public Counter<double> Cost { get; }

    /// <summary>Whether anybody wants to know how generations end.</summary>
    public bool IsEnabled => Generations.Enabled || Duration.Enabled || Cost.Enabled;
}
