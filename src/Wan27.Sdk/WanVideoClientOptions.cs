using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace Wan27.Sdk;

/// <summary>How a <see cref="WanVideoClient"/> reaches the service, and how long it tries.</summary>
public sealed class WanVideoClientOptions
{
    /// <summary>The environment variables that may hold the key, in the order in which they are asked.</summary>
    internal static readonly string[] KeyVariables = ["AIMLAPI_API_KEY", "AIML_API_KEY"];

    /// <summary>
    /// The API key: printable ASCII, not blank. Default: the environment variable <c>AIMLAPI_API_KEY</c>, else <c>AIML_API_KEY</c>; of a keyed client
    /// of the container's with settings of its own: none.
    /// Not serialised and not shown by a debugger.
    /// </summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ApiKey { get; set; }

    /// <summary>
    /// Gives the key for each request, for keys that rotate; it takes precedence over <see cref="ApiKey"/>. Asked again, once, where a read is
    /// answered 401. Where it fails, <see cref="WanConfigurationException"/> is thrown and nothing is sent. Default: none.
    /// </summary>
    [JsonIgnore]
    public Func<CancellationToken, ValueTask<string>>? ApiKeyProvider { get; set; }

    /// <summary>Where the API lies. https, or http on a loopback address; default: <c>https://api.aimlapi.com</c>.</summary>
    public Uri BaseAddress { get; set; } = new("https://api.aimlapi.com");

    /// <summary>
    /// The longest silence of one HTTP attempt: from its start to its whole answer, begun anew with each piece of a body that was sent.
    /// More than zero, at most 1 day; default: 100 s. A video's host is given up after 30 s of silence, whatever this is.
    /// </summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// How long a lost answer to a submission is searched for before <see cref="WanSubmissionUnknownException"/> is thrown.
    /// Zero or more; zero makes one search of half a second. Default: 20 min, as a generation was seen to take up to 14.
    /// </summary>
    public TimeSpan ReconciliationTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>How finished tasks are waited for where a call does not say. Default: <see cref="PollingOptions.Default"/>.</summary>
    public PollingOptions Polling { get; set; } = PollingOptions.Default;

    /// <summary>
    /// Whether a video may be fetched over http or from an address in a private network. Default: false; loopback is always allowed
    /// where <see cref="BaseAddress"/> is on it, so the emulator needs no setting.
    /// </summary>
    public bool AllowPrivateDownloads { get; set; }

    /// <summary>
    /// Gets or sets whether requests that break a documented limit are submitted, which is useful after the service has raised the limit. The client
    /// request id and local media are checked in any case. Default: false.
    /// </summary>
    public bool SkipValidation { get; set; }

    /// <summary>Where submissions are remembered beyond the life of the process. Default: nowhere; a registered <see cref="ISubmissionJournal"/> is used by the container's client.</summary>
    [JsonIgnore]
    public ISubmissionJournal? Journal { get; set; }

    /// <summary>
    /// Gets or sets the name of the account in the records of <see cref="Journal"/>. Clients that share a journal resume only what was submitted under
    /// their own name. It is not sent. Default: null; of a keyed client of the container its service key.
    /// </summary>
    public string? Account { get; set; }

    /// <summary>
    /// How much may be spent; one budget may serve several clients. Default: none, and then no price is ever asked for on the way of a submission;
    /// a registered <see cref="SpendingBudget"/> is used by the container's client.
    /// </summary>
    [JsonIgnore]
    public SpendingBudget? Budget { get; set; }

    /// <summary>Where the time comes from. Default: the system's clock.</summary>
    [JsonIgnore]
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where the client logs. Default: nowhere; the container's client uses the container's.</summary>
    [JsonIgnore]
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// Whether prompts (at Debug) and the start of each answer (at Trace) go into the log as well, for finding out what was asked and said. Never the
    /// key, the query of an address or media; never into traces and metrics. Default: false.
    /// </summary>
    public bool LogContent { get; set; }

    /// <summary>Where the meter comes from; null: a meter that all clients share. The container's client uses the container's.</summary>
    internal IMeterFactory? MeterFactory { get; set; }

    /// <summary>Whether the key may be the environment's where none is set.</summary>
    internal bool MayAskEnvironment { get; set; } = true;

    /// <summary>What the configuration holds beside the settings: each is one misspelt.</summary>
    internal IReadOnlyList<string> UnknownSettings { get; set; } = [];

    /// <summary>What is wrong with the settings; each problem names its setting, with the prefix under which the caller knows it.</summary>
    internal IEnumerable<string> Problems(string prefix)
    {
        if (BaseAddress is not { IsAbsoluteUri: true } address)
            yield return $"{prefix}{nameof(BaseAddress)} is not an absolute address.";
        else if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            yield return $"{prefix}{nameof(BaseAddress)} has the scheme '{address.Scheme}'; the key is only sent over https, or http to loopback.";
        else if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            yield return $"{prefix}{nameof(BaseAddress)} has user information, a query or a fragment; it must have none.";
        if (AttemptTimeout <= TimeSpan.Zero || AttemptTimeout > TimeSpan.FromDays(1))
            yield return $"{prefix}{nameof(AttemptTimeout)} is {AttemptTimeout:c}; the range is more than 0 to 1 day.";
        if (ReconciliationTimeout < TimeSpan.Zero)
            yield return $"{prefix}{nameof(ReconciliationTimeout)} is {ReconciliationTimeout:c}; it must be zero or more.";
        if (Polling is null)
            yield return $"{prefix}{nameof(Polling)} is null.";
        else if (Polling.Problem() is { } polling)
            yield return $"{prefix}{nameof(Polling)}:{polling}";
        if (ApiKeyProvider is null && KeyProblem() is { } problem)
        {
            yield return $"{prefix}{nameof(ApiKey)}: {problem} Set it"
                + (MayAskEnvironment ? $", or the environment variable {string.Join(" or ", KeyVariables)}." : "; the environment's is never a keyed client's.");
        }

        foreach (var unknown in UnknownSettings)
            yield return $"{unknown} is no setting of {nameof(WanVideoClient)}'s.";
    }

    /// <summary>The key that was set, or else the environment's.</summary>
    internal string? FindApiKey() =>
        ApiKey ?? (MayAskEnvironment ? KeyVariables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(key => !string.IsNullOrEmpty(key)) : null);

    /// <summary>The key as it is now.</summary>
    internal ValueTask<string> GetKeyAsync(CancellationToken cancellationToken) =>
        ApiKeyProvider?.Invoke(cancellationToken) ?? ValueTask.FromResult(FindApiKey()!);

    private string? KeyProblem()
    {
        try
        {
            Transport.ApiKey.Parse(FindApiKey());
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }
}
