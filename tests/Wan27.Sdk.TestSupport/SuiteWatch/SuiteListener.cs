using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Xunit;

namespace Wan27.Sdk.TestSupport;

/// <summary>
/// Listens to the complete run: every span and every measurement of any source, and every exception of the library when it is thrown. A canary in one
/// of them, or in what <see cref="WatchedLoggers"/> logged, fails the run at its end.
/// </summary>
public sealed class SuiteListener : IDisposable
{
    /// <summary>How many exceptions of each type are printed with their stacks, which is slow. Of the others, only messages are searched.</summary>
    private const int MostPrinted = 50;

    private static SuiteListener? current;

    private readonly ConditionalWeakTable<Exception, object> seen = [];
    private readonly ConcurrentDictionary<Type, int> printed = new();
    private ActivityListener? activities;
    private MeterListener? meters;

    public SuiteListener()
    {
        current = this;
        Listen();
        AppDomain.CurrentDomain.FirstChanceException += Search;
    }

    /// <summary>Stops listening until the result is disposed: for tests that count bytes while no other test runs.</summary>
    public static IDisposable Pause()
    {
        current?.Rest();
        return new Paused();
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.FirstChanceException -= Search;
        Rest();
        Assert.True(KnownSecrets.Hits.Count == 0, $"Of {KnownSecrets.Searched} texts, these hold a secret:\n{string.Join('\n', KnownSecrets.Hits)}");
    }

    private void Listen()
    {
        activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Search,
        };
        ActivitySource.AddActivityListener(activities);
        meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) => listener.EnableMeasurementEvents(instrument),
            // Without it, .NET 8 continues to measure for a listener that was disposed.
            MeasurementsCompleted = (_, _) => { },
        };
        meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Search(instrument, tags));
        meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Search(instrument, tags));
        meters.Start();
    }

    private void Rest()
    {
        activities?.Dispose();
        meters?.Dispose();
    }

    private static void Search(Activity activity)
    {
        KnownSecrets.Search(activity.DisplayName, "a span's name");
        KnownSecrets.Search(activity.StatusDescription, activity.OperationName);
        Search(activity.TagObjects, activity.OperationName);
        foreach (var link in activity.Links)
            Search(link.Tags ?? [], activity.OperationName);
        foreach (var one in activity.Events)
            Search(one.Tags, $"{activity.OperationName} {one.Name}");
    }

    private static void Search(IEnumerable<KeyValuePair<string, object?>> tags, string where)
    {
        foreach (var (name, value) in tags)
            KnownSecrets.Search(value?.ToString(), $"{where} {name}");
    }

    private static void Search(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var (name, value) in tags)
            KnownSecrets.Search(value?.ToString(), $"{instrument.Name} {name}");
    }

    private void Search(object? sender, FirstChanceExceptionEventArgs e)
    {
        var type = e.Exception.GetType();
        if (type.Assembly != typeof(WanVideoClient).Assembly || !seen.TryAdd(e.Exception, this))
            return;
        if (printed.AddOrUpdate(type, 1, (_, count) => count + 1) <= MostPrinted)
            KnownSecrets.Search(e.Exception.ToString(), type.Name);
        for (var cause = e.Exception; cause is not null; cause = cause.InnerException)
            KnownSecrets.Search(cause.Message, type.Name);
    }

    private sealed class Paused : IDisposable
    {
        public void Dispose() => current?.Listen();
    }
}
