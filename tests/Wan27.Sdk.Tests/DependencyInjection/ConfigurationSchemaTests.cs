using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Wan27.Sdk.DependencyInjection;

namespace Wan27.Sdk.Tests.DependencyInjection;

/// <summary>Compares the schema of the section in <c>appsettings.json</c> with the settings that are read from it.</summary>
public class ConfigurationSchemaTests
{
    private static readonly JsonNode Section =
        JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "DependencyInjection", "ConfigurationSchema.json")))!["properties"]!["Wan27"]!;

    // Options that can be set only by code.
    private static readonly string[] CodeOnly =
        [nameof(WanVideoClientOptions.ApiKeyProvider), nameof(WanVideoClientOptions.DownloadHandlerFactory), nameof(WanVideoClientOptions.Journal), nameof(WanVideoClientOptions.Budget), nameof(WanVideoClientOptions.TimeProvider), nameof(WanVideoClientOptions.LoggerFactory)];

    [Fact]
    public void The_schema_has_every_setting_and_no_other() =>
        Assert.Equal(WanVideoClientSettings.Names.Order(StringComparer.Ordinal), Leaves(Section, "").Select(leaf => leaf.Path).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_option_can_be_set_by_configuration_or_only_by_code() => Assert.Equal(
        Settable(typeof(WanVideoClientOptions)).Except([.. CodeOnly, nameof(WanVideoClientOptions.Polling)])
            .Concat(Settable(typeof(PollingOptions)).Select(name => $"Polling:{name}"))
            .Order(StringComparer.Ordinal),
        WanVideoClientSettings.Names.Order(StringComparer.Ordinal));

    [Fact]
    public void Every_default_of_the_schema_is_the_options()
    {
        var defaults = Leaves(Section, "").Where(leaf => leaf.Setting["default"] is not null).ToDictionary(leaf => leaf.Path, leaf => (string?)leaf.Setting["default"]!.ToString());
        var (bound, options) = (Bind(defaults), Bind([]));

        Assert.Equal(17, defaults.Count);
        Assert.Equal(Show(options), Show(bound));
    }

    [Fact]
    public void Every_setting_is_of_a_type_that_the_binder_reads_and_is_described()
    {
        foreach (var (path, setting) in Leaves(Section, ""))
        {
            Assert.InRange(((string)setting["description"]!).Length, 20, 200);
            if (setting["pattern"] is { } pattern && setting["default"] is { } value)
                Assert.True(Regex.IsMatch((string)value!, (string)pattern!), path);
            Assert.Contains((string)setting["type"]!, TypesOf(path));
        }
    }

    private static string[] TypesOf(string path)
    {
        var owner = path.StartsWith("Polling:", StringComparison.Ordinal) ? typeof(PollingOptions) : typeof(WanVideoClientOptions);
        var type = owner.GetProperty(path.Split(':')[^1])!.PropertyType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(bool) ? ["boolean"] : type == typeof(double) ? ["number"] : type == typeof(int) ? ["integer"] : path == "TrustedDownloadNetworks" ? ["array"] : ["string"];
    }

    private static IEnumerable<string> Settable(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite).Select(property => property.Name).Order(StringComparer.Ordinal);

    private static IEnumerable<(string Path, JsonNode Setting)> Leaves(JsonNode section, string prefix) =>
        section["properties"]!.AsObject().SelectMany(property => property.Value!["properties"] is null
            ? [($"{prefix}{property.Key}", property.Value)]
            : Leaves(property.Value, $"{prefix}{property.Key}:"));

    private static WanVideoClientOptions Bind(Dictionary<string, string?> settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Append(new("ApiKey", "key")).Select(setting => KeyValuePair.Create($"Wan27:{setting.Key}", setting.Value)))
            .Build();
        var services = new ServiceCollection();
        services.AddWanVideoClient(configuration.GetSection("Wan27"));
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptionsMonitor<WanVideoClientOptions>>().CurrentValue;
    }

    private static string Show(WanVideoClientOptions options) => JsonSerializer.Serialize(options);
}
