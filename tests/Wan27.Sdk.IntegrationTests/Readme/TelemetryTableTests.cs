using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Wan27.Sdk.Diagnostics;
using Wan27.Sdk.Emulator;
using Xunit;

namespace Wan27.Sdk.IntegrationTests.Readme;

/// <summary>The tables of events, spans and instruments match the code.</summary>
public sealed class TelemetryTableTests
{
    private static readonly string Tables = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", "observability.md"));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_event_is_listed_with_its_level() => Assert.Equal(
        from method in typeof(WanLog).GetMethods()
        let telemetry = method.GetCustomAttribute<LoggerMessageAttribute>()
        where telemetry is not null
        orderby telemetry.EventId
        select $"{telemetry.EventId} {method.Name} {telemetry.Level}",
        Regex.Matches(Tables, @"\| (\d{3}) `(\w+)` \| (\w+) ").Select(match => $"{match.Groups[1]} {match.Groups[2]} {match.Groups[3]}").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_span_is_listed() => Assert.Equal(
        typeof(Spans).GetFields().Where(field => field.IsLiteral && field.Name != nameof(Spans.Retry)).Select(field => (string)field.GetRawConstantValue()!)
            .Append($"{Attributes.GenerateContent} {{model}}").Order(StringComparer.Ordinal),
        FirstColumn("span").Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_attribute_of_a_span_is_listed_and_is_there()
    {
        using var telemetry = new TelemetryCapture();
        await using var fixture = await WanFixture.StartAsync(telemetry.Configure);
        fixture.Emulator.Faults.Add(EmulatorFault.Status(502).AfterAccepting().On(EmulatorOperations.Submit));

        var generation = await fixture.Client.GenerateAndWaitAsync(Samples.Text(), cancellationToken: Cancellation);
        _ = await fixture.Client.WaitAsync(generation.Id, cancellationToken: Cancellation);
        await fixture.Client.DownloadAsync(generation, Stream.Null, cancellationToken: Cancellation);

        var borne = telemetry.Spans.GroupBy(span => span.OperationName.Split(' ')[0]).ToDictionary(
            spans => spans.Key, spans => spans.SelectMany(span => span.TagObjects).Select(tag => tag.Key).ToHashSet());
        Assert.Equal(Rows("span").Select(row => row.Split('`')[1].Split(' ')[0]).Order(), borne.Keys.Order());
        foreach (var row in Rows("span"))
            Assert.Equal(AttributesIn(row).Order(), borne[row.Split('`')[1].Split(' ')[0]].Order());
    }

    [Fact]
    public void Every_instrument_is_listed_with_its_unit() => Assert.Equal(
        typeof(Instruments).GetProperties().Select(property => property.GetValue(Instruments.Shared)).OfType<Instrument>()
            .Select(instrument => (instrument.Name, instrument.Unit)).Order(),
        FirstColumn("instrument").Select(name => (name, (string?)Regex.Match(Tables, $@"\| `{Regex.Escape(name)}` \| `([^`]+)` \|").Groups[1].Value)).Order());

    private static IEnumerable<string> FirstColumn(string heading) => Rows(heading).Select(row => row.Split('`')[1]);

    private static string[] Rows(string heading) =>
        Regex.Match(Tables, $@"\| {heading} \|[^\n]*\n\|[-|]+\n(?<rows>(\|[^\n]*\n)+)").Groups["rows"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> AttributesIn(string row)
    {
        var last = row.Split('|')[3];
        return Names(last).Append(Attributes.GenerationId)
            .Concat(last.Contains("*service*", StringComparison.Ordinal) ? Names(Regex.Match(Tables, @"\*Service\* stands for ([^|]+)\.\n").Value) : []);
    }

    private static IEnumerable<string> Names(string text) => Regex.Matches(text, "`([^`]+)`").Select(match => match.Groups[1].Value);
}
