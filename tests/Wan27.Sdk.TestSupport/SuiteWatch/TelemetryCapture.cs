using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Wan27.Sdk.TestSupport;

/// <summary>All entries, spans and measurements that a client emits in one test, without those of concurrent tests.</summary>
internal sealed class TelemetryCapture : IDisposable
{
    private static readonly AsyncLocal<TelemetryCapture?> Flow = new();

    private readonly ServiceProvider metrics = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeLoggerProvider entries = new();
    private readonly ConcurrentQueue<Activity> spans = new();
    private readonly ConcurrentQueue<(string Instrument, double Value, string Tags)> measurements = new();
    private readonly LoggerFactory loggers;
    private readonly ActivityListener activities;
    private readonly MeterListener meters = new();

    public TelemetryCapture(LogLevel least = LogLevel.Trace)
    {
        Flow.Value = this;
        loggers = new LoggerFactory([entries], new LoggerFilterOptions { MinLevel = least });
        activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WanVideoClient.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = span =>
            {
                if (Flow.Value == this)
                    spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(activities);
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == WanVideoClient.MeterName && instrument.Meter.Scope == Meters)
                listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        meters.Start();
    }

    public IMeterFactory Meters => metrics.GetRequiredService<IMeterFactory>();

    public IReadOnlyList<FakeLogRecord> Entries => entries.Collector.GetSnapshot();

    /// <summary>The ids of the entries in the given hundreds, in order.</summary>
    public IEnumerable<int> Ids(params int[] hundreds) => Entries.Select(entry => entry.Id.Id).Where(id => hundreds.Contains(id / 100));

    public FakeLogRecord Entry(int id) => Entries.Single(entry => entry.Id.Id == id);

    /// <summary>The spans in the order in which they were started.</summary>
    public IReadOnlyList<Activity> Spans => [.. spans];

    public Activity Span(string name) => Spans.Single(span => span.OperationName == name);

    /// <summary>The measurements of an instrument: value and tags, which are sorted by name and separated by blanks.</summary>
    public IEnumerable<(double Value, string Tags)> Of(string instrument) =>
        measurements.Where(one => one.Instrument == instrument).Select(one => (one.Value, one.Tags));

    /// <summary>All telemetry as text.</summary>
    public string Everything => string.Join('\n', [
        .. Entries.Select(entry => $"{entry.Message} {string.Join(' ', entry.StructuredState ?? [])} {entry.Exception}"),
        .. Spans.Select(span => $"{span.DisplayName} {span.StatusDescription} {Print(span.TagObjects)} {string.Join(' ', span.Events.Select(one => one.Name + Print(one.Tags)))}"),
        .. measurements.Select(one => one.ToString())]);

    public void Configure(WanVideoClientOptions options) => (options.LoggerFactory, options.MeterFactory) = (loggers, Meters);

    public void Dispose()
    {
        Flow.Value = null;
        meters.Dispose();
        activities.Dispose();
        loggers.Dispose();
        metrics.Dispose();
    }

    public static string Print(IEnumerable<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}")));

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        measurements.Enqueue((instrument.Name, value, Print(tags.ToArray())));
}
