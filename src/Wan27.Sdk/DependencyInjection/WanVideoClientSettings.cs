using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace Wan27.Sdk.DependencyInjection;

/// <summary>
/// The options that a configuration file can contain, under their own names. Converted here, because the generated binder, which makes trimming safe, cannot
/// bind delegates, clocks and immutable records.
/// </summary>
internal static class WanVideoClientSettings
{
    private static readonly Dictionary<string, Action<WanVideoClientOptions, IConfigurationSection>> Settings = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(WanVideoClientOptions.ApiKey)] = (options, setting) => options.ApiKey = setting.Value,
        [nameof(WanVideoClientOptions.BaseAddress)] = (options, setting) => options.BaseAddress = ParseAddress(setting),
        [nameof(WanVideoClientOptions.DangerousAllowHttp)] = (options, setting) => options.DangerousAllowHttp = Parse<bool>(setting),
        [nameof(WanVideoClientOptions.AttemptTimeout)] = (options, setting) => options.AttemptTimeout = Parse<TimeSpan>(setting),
        [nameof(WanVideoClientOptions.ReconciliationTimeout)] = (options, setting) => options.ReconciliationTimeout = Parse<TimeSpan>(setting),
        [nameof(WanVideoClientOptions.MaxInProgress)] = (options, setting) => options.MaxInProgress = Parse<int>(setting),
        [nameof(WanVideoClientOptions.QueueTimeout)] = (options, setting) => options.QueueTimeout = Parse<TimeSpan>(setting),
        [nameof(WanVideoClientOptions.AllowPrivateDownloads)] = (options, setting) => options.AllowPrivateDownloads = Parse<bool>(setting),
        [nameof(WanVideoClientOptions.TrustedDownloadNetworks)] = (options, setting) => options.TrustedDownloadNetworks = ParseList<IPNetwork>(setting),
        [nameof(WanVideoClientOptions.SkipValidation)] = (options, setting) => options.SkipValidation = Parse<bool>(setting),
        [nameof(WanVideoClientOptions.UserAgent)] = (options, setting) => options.UserAgent = setting.Value,
        [nameof(WanVideoClientOptions.Account)] = (options, setting) => options.Account = setting.Value,
        [nameof(WanVideoClientOptions.CreatesJobs)] = (options, setting) => options.CreatesJobs = Parse<bool>(setting),
        [nameof(WanVideoClientOptions.LogContent)] = (options, setting) => options.LogContent = Parse<bool>(setting),
    };

    private static readonly Dictionary<string, Func<PollingOptions, IConfigurationSection, PollingOptions>> Polling = new(StringComparer.OrdinalIgnoreCase)
    {
        [nameof(PollingOptions.InitialDelay)] = (options, setting) => options with { InitialDelay = Parse<TimeSpan>(setting) },
        [nameof(PollingOptions.Interval)] = (options, setting) => options with { Interval = Parse<TimeSpan>(setting) },
        [nameof(PollingOptions.Multiplier)] = (options, setting) => options with { Multiplier = Parse<double>(setting) },
        [nameof(PollingOptions.MaxInterval)] = (options, setting) => options with { MaxInterval = Parse<TimeSpan>(setting) },
        [nameof(PollingOptions.Jitter)] = (options, setting) => options with { Jitter = Parse<double>(setting) },
        [nameof(PollingOptions.Timeout)] = (options, setting) => options with { Timeout = Parse<TimeSpan>(setting) },
        [nameof(PollingOptions.MaxConsecutiveFailures)] = (options, setting) => options with { MaxConsecutiveFailures = Parse<int>(setting) },
        [nameof(PollingOptions.UseExpectedDuration)] = (options, setting) => options with { UseExpectedDuration = Parse<bool>(setting) },
    };

    /// <summary>Gets the names of the settings, those of <see cref="PollingOptions"/> behind <c>Polling:</c>.</summary>
    internal static IEnumerable<string> Names => [.. Settings.Keys, .. Polling.Keys.Select(name => $"{nameof(WanVideoClientOptions.Polling)}:{name}")];

    /// <summary>Sets the options that a section contains, and records the names that are not settings.</summary>
    /// <exception cref="InvalidOperationException">A value is not of its setting's type.</exception>
    public static void Apply(IConfigurationSection section, WanVideoClientOptions options)
    {
        foreach (var child in section.GetChildren())
        {
            if (child.Key.Equals(nameof(WanVideoClientOptions.Polling), StringComparison.OrdinalIgnoreCase))
                ApplyPolling(child, options);
            else if (!Settings.TryGetValue(child.Key, out var set))
                options.UnknownSettings = [.. options.UnknownSettings, child.Path];
            else if (!string.IsNullOrEmpty(child.Value) || child.GetChildren().Any())
                set(options, child);
        }
    }

    private static void ApplyPolling(IConfigurationSection section, WanVideoClientOptions options)
    {
        foreach (var child in section.GetChildren())
        {
            if (!Polling.TryGetValue(child.Key, out var set))
                options.UnknownSettings = [.. options.UnknownSettings, child.Path];
            else if (!string.IsNullOrEmpty(child.Value))
                options.Polling = set(options.Polling, child);
        }
    }

    private static T Parse<T>(IConfigurationSection setting)
        where T : IParsable<T> => T.TryParse(setting.Value, CultureInfo.InvariantCulture, out var value) ? value : throw Invalid(setting, typeof(T));

    // One value may be written without a list.
    private static T[] ParseList<T>(IConfigurationSection setting)
        where T : IParsable<T> => setting.Value is null ? [.. setting.GetChildren().Select(Parse<T>)] : [Parse<T>(setting)];

    private static Uri ParseAddress(IConfigurationSection setting) =>
        Uri.TryCreate(setting.Value, UriKind.RelativeOrAbsolute, out var address) ? address : throw Invalid(setting, typeof(Uri));

    private static InvalidOperationException Invalid(IConfigurationSection setting, Type type) =>
        new($"The value '{setting.Value}' at '{setting.Path}' is not a {type.Name}.");
}
