using System.ComponentModel.DataAnnotations;
using System.Net;
using Microsoft.Extensions.Options;

namespace VideoStudio.Hosting;

/// <summary>The settings under <c>Studio</c>.</summary>
internal sealed class StudioOptions : IValidatableObject
{
    private const string Section = "Studio";
    private const string Shortest = "00:00:00.1";
    private const string Hour = "01:00:00";

    /// <summary>Where uploads, films and, without a database, records are. Default: <c>studio-data</c> beside the application.</summary>
    [Required]
    public string Data { get; set; } = "studio-data";

    /// <summary>An emulator that runs elsewhere on this machine. Default: none.</summary>
    public Uri? EmulatorAddress { get; set; }

    /// <summary>Opens the dashboard to whoever knows it. Default: none, and then it is open to this machine in Development only.</summary>
    [MinLength(12)]
    public string? OperatorPassword { get; set; }

    /// <summary>The addresses of reverse proxies whose <c>X-Forwarded-*</c> headers are believed. Default: none.</summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>Whether traces and metrics go to the console. Default: false.</summary>
    public bool Telemetry { get; set; }

    /// <summary>The largest picture that is taken, in bytes. Default: 20 MB, the service's own limit.</summary>
    [Range(1024, 20 * 1024 * 1024)]
    public long MaxPictureBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>How many steps run at once on this instance; each holds a thread for as long as a request takes. Default: 10.</summary>
    [Range(1, 200)]
    public int Workers { get; set; } = 10;

    /// <summary>How long a step may take before another instance may take it over. Default: 2 min, longer than the SDK's attempt.</summary>
    [Range(typeof(TimeSpan), "00:00:01", Hour)]
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How late a step must be before it counts as forgotten. Default: 20 s.</summary>
    [Range(typeof(TimeSpan), Shortest, Hour)]
    public TimeSpan OverdueAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often forgotten steps are looked for. Default: 5 s.</summary>
    [Range(typeof(TimeSpan), Shortest, Hour)]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a lost answer is looked for before the user may decide to pay again. Default: 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan UnknownGivenUpAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Reads the settings and checks them, before anything is begun with them.</summary>
    /// <exception cref="OptionsValidationException">Some do not hold; it names each.</exception>
    public static StudioOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var options = section.Get<StudioOptions>() ?? new StudioOptions();
        var wrong = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true);

        // The binder passes over a list that is written as one value.
        if (section[nameof(TrustedProxies)] is { Length: > 0 } single)
            wrong.Add(new ValidationResult($"'{single}' is no list; the first address is {Section}:{nameof(TrustedProxies)}:0.", [nameof(TrustedProxies)]));
        return wrong.Count == 0
            ? options
            : throw new OptionsValidationException(Section, typeof(StudioOptions), wrong.Select(one => $"{Section}:{one.MemberNames.First()}: {one.ErrorMessage}"));
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var proxy in TrustedProxies.Where(proxy => !IPAddress.TryParse(proxy, out _)))
            yield return new ValidationResult($"'{proxy}' is no IP address.", [nameof(TrustedProxies)]);
        if (EmulatorAddress is { IsAbsoluteUri: true } full && (full.UserInfo + full.Query + full.Fragment).Length > 0)
            yield return new ValidationResult("It has user information, a query or a fragment; it must have none.", [nameof(EmulatorAddress)]);
        else if (EmulatorAddress is { } address && !(address.IsAbsoluteUri && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            yield return new ValidationResult($"'{address}' is no http address on this machine.", [nameof(EmulatorAddress)]);
    }
}
