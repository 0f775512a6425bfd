using System.ComponentModel.DataAnnotations;

namespace VideoStudio.Hosting;

/// <summary>The settings under <c>Studio</c>.</summary>
internal sealed class StudioOptions : IValidatableObject
{
    private const string Section = "Studio";

    /// <summary>The folder of uploads, videos and, without PostgreSQL, the database. Default: <c>studio-data</c> beside the application.</summary>
    [Required]
    public string Data { get; set; } = "studio-data";

    /// <summary>The address of an emulator that runs in another process on this machine. Default: none.</summary>
    public Uri? EmulatorAddress { get; set; }

    /// <summary>The password of the dashboard. Default: none; the dashboard is then open to this machine in Development only.</summary>
    [MinLength(12)]
    public string? OperatorPassword { get; set; }

    /// <summary>The addresses of reverse proxies whose <c>X-Forwarded-*</c> headers are trusted. Default: none.</summary>
    public string[] TrustedProxies { get; set; } = [];

    /// <summary>Whether traces and metrics go to the console. Default: false.</summary>
    public bool Telemetry { get; set; }

    /// <summary>The size limit of an image, in bytes. Default: 20 MB, the service's own limit.</summary>
    [Range(1024, 20 * 1024 * 1024)]
    public long MaxPictureBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>How many steps run at once on this instance; each holds a thread for as long as a request takes. Default: 10.</summary>
    [Range(1, 200)]
    public int Workers { get; set; } = 10;

    /// <summary>How long to search for a generation whose response was lost, before the user may pay again. Default: 24 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan UnknownGivenUpAfter { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Reads and validates the settings.</summary>
    /// <exception cref="OptionsValidationException">One or more settings are invalid; the message names each.</exception>
    public static StudioOptions Read(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var options = section.Get<StudioOptions>() ?? new StudioOptions();
        var errors = new List<ValidationResult>();
        Validator.TryValidateObject(options, new ValidationContext(options), errors, validateAllProperties: true);

        // The binder ignores a list that is written as one value.
        if (section[nameof(TrustedProxies)] is { Length: > 0 } single)
            errors.Add(new ValidationResult($"It must be a list (was '{single}'). Set the first address as {Section}:{nameof(TrustedProxies)}:0.", [nameof(TrustedProxies)]));
        return errors.Count == 0
            ? options
            : throw new OptionsValidationException(Section, typeof(StudioOptions), errors.Select(error => $"{Section}:{error.MemberNames.First()}: {error.ErrorMessage}"));
    }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var proxy in TrustedProxies.Where(proxy => !IPAddress.TryParse(proxy, out _)))
            yield return new ValidationResult($"It must be an IP address (was '{proxy}').", [nameof(TrustedProxies)]);
        if (EmulatorAddress is { IsAbsoluteUri: true } full && (full.UserInfo + full.Query + full.Fragment).Length > 0)
            yield return new ValidationResult("It must not have user information, a query or a fragment.", [nameof(EmulatorAddress)]);
        else if (EmulatorAddress is { } address && !(address.IsAbsoluteUri && address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            yield return new ValidationResult($"It must be an http address on this machine (was '{address}').", [nameof(EmulatorAddress)]);
    }
}
