using System.Diagnostics.Metrics;

namespace Wan27.Sdk.Soak;

/// <summary>The measurements of the library and of the sockets.</summary>
internal sealed class Meters : IDisposable
{
    private const string Connections = "http.client.open_connections";

    private readonly Tally sums = new();
    private readonly MeterListener listener = new();
    private long connections;

    public Meters()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Name == Connections || (instrument.Meter.Name == WanVideoClient.MeterName && instrument is Counter<long>))
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>(Count);
        listener.Start();
    }

    public long OpenConnections => Volatile.Read(ref connections);

    public void Dispose() => listener.Dispose();

    public override string ToString() => sums.ToString();

    private void Count(Instrument instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags, object? state)
    {
        if (instrument.Name == Connections)
        {
            Interlocked.Add(ref connections, value);
            return;
        }

        var kind = "";
        foreach (var (name, tag) in tags)
        {
            if (name is "wan27.outcome" or "wan27.request" or "network.io.direction")
                kind = $" {tag}";
        }

        sums.Add(instrument.Name + kind, value);
    }
}
