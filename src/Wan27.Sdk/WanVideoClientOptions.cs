using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;

namespace Wan27.Sdk;

/// <summary>Represents the settings of a <see cref="WanVideoClient"/>.</summary>
public sealed class WanVideoClientOptions
{
    /// <summary>The environment variables that may contain the key, in the order in which they are read.</summary>
    internal static readonly string[] KeyVariables = ["AIMLAPI_API_KEY", "AIML_API_KEY"];

    /// <summary>The environment variable that may contain the address of the API.</summary>
    internal const string AddressVariable = "WAN27_BASE_ADDRESS";

    /// <summary>Gets or sets the API key: printable ASCII, not blank.</summary>
    /// <value>
    /// The default, also if it is empty, is the environment variable <c>AIMLAPI_API_KEY</c>, otherwise <c>AIML_API_KEY</c>; none for a keyed client
    /// that has its own settings.
    /// </value>
    /// <remarks>It is neither serialized nor shown by a debugger.</remarks>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ApiKey { get; set; }

    /// <summary>Gets or sets a function that returns the key for each request, for keys that change.</summary>
    /// <value>The default is none.</value>
    /// <remarks>
    /// It has precedence over <see cref="ApiKey"/>, and is called once more if a read has status 401. If it fails,
    /// <see cref="WanConfigurationException"/> is thrown and nothing is sent.
    /// </remarks>
    [JsonIgnore]
    public Func<CancellationToken, ValueTask<string>>? ApiKeyProvider { get; set; }

    /// <summary>Gets or sets the address of the API: https, or http on a loopback address, or elsewhere with <see cref="DangerousAllowHttp"/>.</summary>
    /// <value>The default is the environment variable <c>WAN27_BASE_ADDRESS</c>, otherwise <c>https://api.aimlapi.com</c>.</value>
    public Uri BaseAddress { get; set; } = EnvironmentAddress() ?? new("https://api.aimlapi.com");

    /// <summary>
    /// Gets or sets a value indicating whether <see cref="BaseAddress"/> may be an http address that is not on loopback, such as that of an emulator in
    /// another container.
    /// </summary>
    /// <value>The default is false.</value>
    /// <remarks>
    /// Everyone on the network between can read the key, the prompts and the videos, and can change what is bought: never set it for the real service.
    /// Videos are then downloaded from the same host and port too.
    /// </remarks>
    public bool DangerousAllowHttp { get; set; }

    /// <summary>
    /// Gets or sets how long one HTTP attempt may make no progress: until its complete response, starting again with each piece of a body that is
    /// sent.
    /// </summary>
    /// <value>More than 0, less than 1 day. The default is 100 s.</value>
    /// <remarks>It does not affect downloads, which end after 30 s without data.</remarks>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>
    /// Gets or sets how long the client searches for a submission whose response was lost, before it throws
    /// <see cref="WanSubmissionUnknownException"/>.
    /// </summary>
    /// <value>0 or more, less than 1 day; 0 makes one search of half a second. The default is 20 min, because generations of up to 14 min were observed.</value>
    public TimeSpan ReconciliationTimeout { get; set; } = TimeSpan.FromMinutes(20);

    /// <summary>
    /// Gets or sets how many generations of <see cref="Account"/> may be in progress, over all clients that use <see cref="Journal"/>; without one, of this
    /// client. More are not refused but wait, before anything is sent, until one ends.
    /// </summary>
    /// <value>1 or more. The default is null, and then the number is not limited.</value>
    /// <remarks>
    /// The waiting client reads what is in progress. A submission counts until its generation is known to be over, at most 1 h after its start, so that those of a
    /// crashed process do not block others.
    /// </remarks>
    public int? MaxInProgress { get; set; }

    /// <summary>
    /// Gets or sets how long a submission waits while <see cref="MaxInProgress"/> are in progress, before <see cref="WanQueueTimeoutException"/> is thrown.
    /// </summary>
    /// <value>0 or more, less than 1 day; 0 does not wait. The default is 1 h.</value>
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Gets or sets how waits poll, unless the call has its own options.</summary>
    /// <value>The default is <see cref="PollingOptions.Default"/>.</value>
    public PollingOptions Polling { get; set; } = PollingOptions.Default;

    /// <summary>Gets or sets a value indicating whether a video can be downloaded over http or from an address in a private network.</summary>
    /// <value>The default is false.</value>
    /// <remarks>Loopback is always allowed if <see cref="BaseAddress"/> is on it, so that the emulator needs no setting.</remarks>
    public bool AllowPrivateDownloads { get; set; }

    /// <summary>Gets or sets networks from which videos can be downloaded although they are not public, such as <c>198.18.0.0/15</c> behind some VPN clients.</summary>
    /// <value>The default is none.</value>
    /// <remarks>A video is still downloaded over https only.</remarks>
    [JsonIgnore]
    public IReadOnlyList<IPNetwork> TrustedDownloadNetworks { get; set; } = [];

    /// <summary>
    /// Gets or sets a function that creates the handler for downloads, for example with the credentials of a proxy or with a private certificate authority.
    /// </summary>
    /// <value>The default is null, and the client creates its own.</value>
    /// <remarks>
    /// It must return a new handler each time, without a <see cref="SocketsHttpHandler.ConnectCallback"/>. The client switches redirects and cookies off, and
    /// checks the addresses to which the handler connects.
    /// </remarks>
    [JsonIgnore]
    public Func<SocketsHttpHandler>? DownloadHandlerFactory { get; set; }

    /// <summary>Gets or sets what the application adds to the <c>User-Agent</c> of each request, such as <c>MyApp/1.2</c>.</summary>
    /// <value>Products and comments of printable ASCII, at most 200 characters. The default is null, and nothing is added.</value>
    /// <remarks>The file host receives it too.</remarks>
    public string? UserAgent { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether requests that break a documented limit are submitted, which is useful after the service has raised the limit.
    /// </summary>
    /// <value>The default is false.</value>
    /// <remarks>The client request id and local media are checked in any case.</remarks>
    public bool SkipValidation { get; set; }

    /// <summary>Gets or sets where submissions are recorded beyond the life of the process.</summary>
    /// <value>The default is null; the container's client uses a registered <see cref="ISubmissionJournal"/>.</value>
    [JsonIgnore]
    public ISubmissionJournal? Journal { get; set; }

    /// <summary>Gets or sets the name of the account in the records of <see cref="Journal"/>.</summary>
    /// <value>The default is null; of a keyed client of the container its service key.</value>
    /// <remarks>Clients that share a journal resume only what was submitted under their own name. It is not sent.</remarks>
    public string? Account { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether each submission is recorded with a job, which the service of the package Wan27.Sdk.Hosting hands to the application
    /// when the generation is over. <c>AddJobs</c> sets it; set it in an instance that submits and does not run that service.
    /// </summary>
    /// <value>The default is false.</value>
    /// <remarks><see cref="Journal"/> must implement <see cref="ISubmissionJobStore"/>.</remarks>
    public bool CreatesJobs { get; set; }

    /// <summary>Gets or sets how much may be spent.</summary>
    /// <value>
    /// The default is none, and then submissions do not read prices; the container's client uses a registered <see cref="SpendingBudget"/>.
    /// </value>
    /// <remarks>Several clients can share a budget.</remarks>
    [JsonIgnore]
    public SpendingBudget? Budget { get; set; }

    /// <summary>Gets or sets the clock.</summary>
    /// <value>The default is the system's clock; the container's client uses a registered <see cref="System.TimeProvider"/>.</value>
    [JsonIgnore]
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Gets or sets where the client logs.</summary>
    /// <value>The default is null; the container's client uses the container's.</value>
    [JsonIgnore]
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Gets or sets a value indicating whether the log contains prompts (at Debug) and the start of each response (at Trace).</summary>
    /// <value>The default is false.</value>
    /// <remarks>The key, the query of an address and media are never logged, and traces and metrics contain none of them.</remarks>
    public bool LogContent { get; set; }

    /// <summary>
    /// Gets or sets where the meter comes from; null for a meter that all clients share. The container's client uses the container's.
    /// </summary>
    internal IMeterFactory? MeterFactory { get; set; }

    /// <summary>Gets or sets a value indicating whether the key may be that of the environment if none is set.</summary>
    internal bool MayAskEnvironment { get; set; } = true;

    /// <summary>Gets or sets the names in the configuration that are not settings.</summary>
    internal IReadOnlyList<string> UnknownSettings { get; set; } = [];

    /// <summary>Returns the problems of the settings. Each names its setting, with the prefix under which the caller knows it.</summary>
    internal IEnumerable<string> Problems(string prefix)
    {
        if (!IsEnvironmentAddress && AddressProblem() is { } address)
            yield return $"{prefix}{nameof(BaseAddress)} {address}";
        if (AttemptTimeout <= TimeSpan.Zero || AttemptTimeout >= PollingOptions.Limit)
            yield return prefix + PollingOptions.Outside(nameof(AttemptTimeout), AttemptTimeout, "more than 0, less than 1 day");
        if (ReconciliationTimeout < TimeSpan.Zero || ReconciliationTimeout >= PollingOptions.Limit)
            yield return prefix + PollingOptions.Outside(nameof(ReconciliationTimeout), ReconciliationTimeout, "0 or more, less than 1 day");
        if (MaxInProgress < 1)
            yield return PollingOptions.Outside($"{prefix}{nameof(MaxInProgress)}", MaxInProgress.Value, "1 or more");
        if (QueueTimeout < TimeSpan.Zero || QueueTimeout >= PollingOptions.Limit)
            yield return prefix + PollingOptions.Outside(nameof(QueueTimeout), QueueTimeout, "0 or more, less than 1 day");
        if (TrustedDownloadNetworks is null)
            yield return $"{prefix}{nameof(TrustedDownloadNetworks)} is null.";
        if (UserAgent is not null && !Transport.UserAgent.IsValid(UserAgent))
            yield return $"{prefix}{nameof(UserAgent)} has {UserAgent.Length} characters and is not valid; it must be like MyApp/1.2, of printable ASCII, with at most {Transport.UserAgent.MaxLength} characters.";
        if (Polling is null)
            yield return $"{prefix}{nameof(Polling)} is null.";
        else if (Polling.Problem() is { } polling)
            yield return $"{prefix}{nameof(Polling)}:{polling}";
        if (ApiKeyProvider is null && !string.IsNullOrEmpty(ApiKey) && KeyProblem(ApiKey) is { } problem)
            yield return $"{prefix}{nameof(ApiKey)}: {problem}";
        foreach (var unknown in UnknownSettings)
            yield return $"{unknown} is no setting of {nameof(WanVideoClient)}'s.";
    }

    /// <summary>Returns the problems that are not those of an argument: what is not set anywhere, or is set by an environment variable.</summary>
    internal IEnumerable<(string Setting, string Message)> EnvironmentProblems(string prefix)
    {
        if (IsEnvironmentAddress && AddressProblem() is { } address)
            yield return (nameof(BaseAddress), $"The environment variable {AddressVariable} {address} Correct it, or unset it to use the real service.");
        if (ApiKeyProvider is not null || !string.IsNullOrEmpty(ApiKey))
            yield break;
        if (FindKeyVariable() is not { } variable)
        {
            yield return (nameof(ApiKey), $"{prefix}{nameof(ApiKey)} is not set. Set it"
                + (MayAskEnvironment ? $", or the environment variable {string.Join(" or ", KeyVariables)}." : "; a keyed client with settings of its own does not use the environment's."));
        }
        else if (KeyProblem(Environment.GetEnvironmentVariable(variable)) is { } problem)
        {
            yield return (nameof(ApiKey), $"The environment variable {variable}: {problem}");
        }
    }

    /// <summary>Returns the key that was set, otherwise the key of the environment. An empty one counts as not set.</summary>
    internal string? FindApiKey() => !string.IsNullOrEmpty(ApiKey) ? ApiKey : FindKeyVariable() is { } variable ? Environment.GetEnvironmentVariable(variable) : null;

    /// <summary>Returns the current key.</summary>
    internal ValueTask<string> GetKeyAsync(CancellationToken cancellationToken) =>
        ApiKeyProvider?.Invoke(cancellationToken) ?? ValueTask.FromResult(FindApiKey()!);

    private bool IsEnvironmentAddress => EnvironmentAddress() is { } address && address.Equals(BaseAddress);

    // An empty value is not valid: it must not select the real service, which costs money.
    private static Uri? EnvironmentAddress() =>
        Environment.GetEnvironmentVariable(AddressVariable) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var address) ? address
        : new Uri("", UriKind.Relative);

    private string? AddressProblem() => BaseAddress switch
    {
        not { IsAbsoluteUri: true } => "is not an absolute address.",
        var address when address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && (address.IsLoopback || DangerousAllowHttp)) =>
            $"has the scheme '{address.Scheme}'; the key is only sent over https, or http to loopback.",
        { UserInfo.Length: > 0 } or { Query.Length: > 0 } or { Fragment.Length: > 0 } => "has user information, a query or a fragment; it must have none.",
        { AbsolutePath: var path } when RepeatsVersion(path) =>
            $"has the path '{path}'; it must not contain the version, because the client adds paths such as /v2/video/generations.",
        _ => null,
    };

    // A gateway may have a version of its own in front of its other paths.
    private static bool RepeatsVersion(string path) => path.TrimEnd('/').Split('/') is [.., "v1" or "v2" or "V1" or "V2"] || path.Contains("/v2/video", StringComparison.OrdinalIgnoreCase);

    private string? FindKeyVariable() =>
        MayAskEnvironment ? KeyVariables.FirstOrDefault(variable => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable))) : null;

    private static string? KeyProblem(string? key)
    {
        try
        {
            Transport.ApiKey.Parse(key);
            return null;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }
}
