using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Wan27.Sdk.IntegrationTests.Leaks;

/// <summary>Searches everything in the process that is logged, traced, measured or thrown: entries with scopes and values, every source and meter.</summary>
internal sealed class SecretListener : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, int> heard = new();
    private readonly ConcurrentQueue<string> hits = new();
    private readonly ActivityListener activities;
    private readonly MeterListener meters = new() { InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument) };

    public SecretListener()
    {
        activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Search,
        };
        ActivitySource.AddActivityListener(activities);
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Search(instrument, tags));
        meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Search(instrument, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Search(instrument, tags));
        meters.Start();
    }

    public IEnumerable<string> Hits => hits;

    /// <summary>The sources of the searched texts: categories of logs, names of activity sources, meters and exceptions.</summary>
    public IEnumerable<string> Ways => heard.Keys;

    public ILogger CreateLogger(string categoryName) => new CategoryLogger(this, categoryName);

    public void Search(Exception? error)
    {
        for (var e = error; e is not null; e = e.InnerException)
        {
            Search(e.GetType().Name, e.ToString());
            foreach (var property in e.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.Name != nameof(e.TargetSite)))
                Search(e.GetType().Name, property.GetValue(e));
        }
    }

    public void Search(string way, object? reported)
    {
        heard.AddOrUpdate(way, 1, (_, count) => count + 1);
        var text = reported switch
        {
            string words => words,
            IEnumerable several => string.Join('\n', several.Cast<object?>()),
            _ => $"{reported}",
        };
        if (TestSecrets.In(text) is { } form)
            hits.Enqueue($"{way}: '{form}' in {text}");
    }

    public void Dispose()
    {
        activities.Dispose();
        meters.Dispose();
    }

    private void Search(Activity span)
    {
        Search(span.Source.Name, $"{span.DisplayName} {span.StatusDescription} {span.TraceStateString}");
        Search(span.Source.Name, span.TagObjects);
        Search(span.Source.Name, span.Baggage);
        Search(span.Source.Name, span.Links.SelectMany(link => link.Tags ?? []));
        Search(span.Source.Name, span.Events.SelectMany(one => one.Tags.Append(new(one.Name, null))));
    }

    private void Search(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) => Search(instrument.Meter.Name, tags.ToArray());

    private sealed class CategoryLogger(SecretListener listener, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            listener.Search(name, $"{state}");
            listener.Search(name, state);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            listener.Search(name, formatter(state, exception));
            listener.Search(name, state);
            listener.Search(exception);
        }
    }
}
