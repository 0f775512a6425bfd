using System.Net;
using Hangfire;
using Microsoft.AspNetCore.HttpOverrides;
using VideoStudio.Store;

namespace VideoStudio.Hosting;

/// <summary>Configures the middleware between the network and the endpoints.</summary>
internal static class StudioWeb
{
    /// <summary>The size limit of a request body, except for images, whose endpoint has its own limit.</summary>
    private const long LargestBody = 64 * 1024;

    public static void AddStudioWeb(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestBody;
        });
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(GenerationJson.Options.Converters[0]));
        builder.Services.AddProblemDetails();
        builder.Services.AddAntiforgery(antiforgery =>
        {
            antiforgery.HeaderName = "X-Studio-Token";
            antiforgery.Cookie.Name = "studio";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
        });
        builder.Services.AddHealthChecks().AddCheck<StoreHealthCheck>("store");
    }

    public static void UseStudioWeb(this WebApplication app, StudioOptions options)
    {
        if (options.TrustedProxies.Length > 0)
            app.UseForwardedHeaders(Forwarded(options.TrustedProxies));
        app.UseMiddleware<SecurityHeaders>();
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

    private static ForwardedHeadersOptions Forwarded(string[] proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        foreach (var proxy in proxies)
            options.KnownProxies.Add(IPAddress.Parse(proxy));
        return options;
    }
}
