using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.HttpOverrides;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace VideoStudio.Hosting;

/// <summary>Configures the middleware between the network and the endpoints.</summary>
internal static class StudioWeb
{
    /// <summary>The size limit of a request body, except for images, whose endpoint has its own limit.</summary>
    private const long LargestBody = 64 * 1024;

    private const string PagePolicy =
        "default-src 'self'; img-src 'self' blob:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>The policy of Hangfire's pages, which have inline styles and scripts.</summary>
    private const string DashboardPolicy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    public static void AddStudioWeb(this WebApplicationBuilder builder, StudioOptions options)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        builder.Services.AddProblemDetails();
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.HeaderName = "X-Studio-Token";
            antiforgery.Cookie.Name = "studio";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
        });
        if (!options.Telemetry)
            return;

        // Replace the exporters by your own.
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("video-studio"))
            .WithTracing(traces => traces.AddSource(WanVideoClient.ActivitySourceName, "Microsoft.AspNetCore").AddConsoleExporter())
            .WithMetrics(metrics => metrics.AddMeter(WanVideoClient.MeterName, "Microsoft.AspNetCore.Hosting").AddConsoleExporter());
    }

    public static void UseStudioWeb(this WebApplication app, StudioOptions options)
    {
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        foreach (var proxy in options.TrustedProxies)
            forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        if (options.TrustedProxies.Length > 0)
            app.UseForwardedHeaders(forwarded);
        app.Use((context, next) =>
        {
            // As late as possible, because the exception handler clears the headers.
            context.Response.OnStarting(AddSecurityHeadersAsync, context);
            return next(context);
        });
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = e => e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePages();
        app.UseDefaultFiles();
        app.UseStaticFiles();
        app.MapHealthChecks("/health");
        app.MapHangfireDashboard("/hangfire", new DashboardOptions
        {
            Authorization = [new DashboardAccess(options.OperatorPassword, app.Environment.IsDevelopment())],
            DashboardTitle = "VideoStudio",
            DisplayStorageConnectionString = false,
        });
    }

    private static Task AddSecurityHeadersAsync(object state)
    {
        var context = (HttpContext)state;
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = context.Request.Path.StartsWithSegments("/hangfire") ? DashboardPolicy : PagePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return Task.CompletedTask;
    }
}
