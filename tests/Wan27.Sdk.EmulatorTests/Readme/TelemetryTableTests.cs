using System.Diagnostics.Metrics;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Wan27.Sdk.Diagnostics;
using Xunit;

namespace Wan27.Sdk.EmulatorTests.Readme;

/// <summary>The README's tables of events, spans and instruments say what the code does.</summary>
public sealed class TelemetryTableTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Readme", "README.md"));

    [Fact]
    public void Every_event_is_listed_with_its_level() => Assert.Equal(
        from method in typeof(WanLog).GetMethods()
        let told = method.GetCustomAttribute<LoggerMessageAttribute>()
        where told is not null
        orderby told.EventId
        select $"{told.EventId} {method.Name} {told.Level}",
        Regex.Matches(Readme, @"\| (\d{3}) `(\w+)` \| (\w+) ").Select(match => $"{match.Groups[1]} {match.Groups[2]} {match.Groups[3]}").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_span_is_listed() => Assert.Equal(
        typeof(Spans).GetFields().Where(field => field.IsLiteral && field.Name != nameof(Spans.Retry)).Select(field => (string)field.GetRawConstantValue()!)
            .Append($"{Attributes.GenerateContent} {{model}}").Order(StringComparer.Ordinal),
        FirstColumn("span").Order(StringComparer.Ordinal));

    [Fact]
    public void Every_instrument_is_listed_with_its_unit() => Assert.Equal(
        typeof(Instruments).GetProperties().Select(property => property.GetValue(Instruments.Shared)).OfType<Instrument>()
            .Select(instrument => (instrument.Name, instrument.Unit)).Order(),
        FirstColumn("instrument").Select(name => (name, (string?)Regex.Match(Readme, $@"\| `{Regex.Escape(name)}` \| `([^`]+)` \|").Groups[1].Value)).Order());

    private static IEnumerable<string> FirstColumn(string heading) =>
        Regex.Match(Readme, $@"\| {heading} \|[^\n]*\n\|[-|]+\n(?<rows>(\|[^\n]*\n)+)").Groups["rows"].Value.Split('\n')
            .Select(row => Regex.Match(row, "^\\| `([^`]+)`").Groups[1].Value).Where(name => name.Length > 0);
}
