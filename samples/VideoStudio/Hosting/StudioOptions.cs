using System.ComponentModel.DataAnnotations;

namespace VideoStudio.Hosting;

/// <summary>The settings under <c>Studio</c>.</summary>
internal sealed class StudioOptions
{
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
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How late a step must be before it counts as forgotten. Default: 20 s.</summary>
    public TimeSpan OverdueAfter { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often forgotten steps are looked for. Default: 5 s.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a lost answer is looked for before the user may decide to pay again. Default: 24 h.</summary>
    public TimeSpan UnknownGivenUpAfter { get; set; } = TimeSpan.FromHours(24);
}
