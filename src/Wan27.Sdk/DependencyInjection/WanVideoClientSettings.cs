using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Configuration;

namespace Wan27.Sdk.DependencyInjection;

/// <summary>
/// The part of the options that a configuration file can hold, under the same names. Apart from them because the binder's source generator,
/// which makes trimming safe, cannot bind delegates, clocks and immutable records.
/// </summary>
internal sealed class WanVideoClientSettings
{
    // Named here, and held to the schema by a test, as whoever trims the library takes the names of properties away.
    private static readonly string[] Names =
    [
        nameof(ApiKey), nameof(BaseAddress), nameof(AttemptTimeout), nameof(ReconciliationTimeout), nameof(AllowPrivateDownloads), nameof(SkipValidation), nameof(Account), nameof(LogContent), nameof(Polling),
    ];

    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ApiKey { get; set; }

    public Uri? BaseAddress { get; set; }

    public TimeSpan? AttemptTimeout { get; set; }

    public TimeSpan? ReconciliationTimeout { get; set; }

    public bool? AllowPrivateDownloads { get; set; }

    public bool? SkipValidation { get; set; }

    public string? Account { get; set; }

    public bool? LogContent { get; set; }

    public PollingSettings? Polling { get; set; }

    public static void Apply(IConfigurationSection section, WanVideoClientOptions options)
    {
        var settings = new WanVideoClientSettings();
        section.Bind(settings);
        options.ApiKey = settings.ApiKey ?? options.ApiKey;
        options.BaseAddress = settings.BaseAddress ?? options.BaseAddress;
        options.AttemptTimeout = settings.AttemptTimeout ?? options.AttemptTimeout;
        options.ReconciliationTimeout = settings.ReconciliationTimeout ?? options.ReconciliationTimeout;
        options.AllowPrivateDownloads = settings.AllowPrivateDownloads ?? options.AllowPrivateDownloads;
        options.SkipValidation = settings.SkipValidation ?? options.SkipValidation;
        options.Account = settings.Account ?? options.Account;
        options.LogContent = settings.LogContent ?? options.LogContent;
        options.Polling = settings.Polling?.ApplyTo(options.Polling) ?? options.Polling;
        options.UnknownSettings = [.. options.UnknownSettings, .. UnknownIn(section, Names), .. UnknownIn(section.GetSection(nameof(Polling)), PollingSettings.Names)];
    }

    private static IEnumerable<string> UnknownIn(IConfigurationSection section, string[] names) =>
        section.GetChildren().Where(child => !names.Contains(child.Key, StringComparer.OrdinalIgnoreCase)).Select(child => child.Path);
}
