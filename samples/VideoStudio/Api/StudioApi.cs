using Microsoft.AspNetCore.Antiforgery;

namespace VideoStudio.Api;

/// <summary>Maps the endpoints under <c>/api</c>.</summary>
internal static class StudioApi
{
    public static void AddStudioApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Uploads>();
        builder.Services.AddSingleton<GenerationIntake>();
        builder.Services.AddSingleton<Retry>();
    }

    public static void MapStudioApi(this WebApplication app)
    {
        var api = app.MapGroup("/api");
        api.AddEndpointFilter<AntiforgeryFilter>();
        api.MapGet("/session", (HttpContext context, IAntiforgery antiforgery) =>
        {
            var tokens = antiforgery.GetAndStoreTokens(context);
            return new { token = tokens.RequestToken, header = tokens.HeaderName };
        });
        api.MapGet("/limits", Limits.Get);
        api.MapPost("/price", Price.EstimateAsync);
        api.MapGet("/events", Events.StreamAsync);
        api.MapGenerations();
        api.MapFiles();
    }
}
