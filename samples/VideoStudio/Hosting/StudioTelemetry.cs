using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace VideoStudio.Hosting;

/// <summary>Exports traces and metrics of the site and the SDK to the console. Replace the exporters by your own.</summary>
internal static class StudioTelemetry
{
    public static void AddStudioTelemetry(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.GetValue<bool>("Studio:Telemetry"))
            return;
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("video-studio"))
            .WithTracing(traces => traces.AddSource(WanVideoClient.ActivitySourceName, "Microsoft.AspNetCore").AddConsoleExporter())
            .WithMetrics(metrics => metrics.AddMeter(WanVideoClient.MeterName, "Microsoft.AspNetCore.Hosting").AddConsoleExporter());
    }
}
