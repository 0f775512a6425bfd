using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace VideoStudio.Api;

/// <summary>The endpoints under <c>/api</c>.</summary>
internal static class StudioApi
{
    /// <summary>Five images of the largest size, and the text fields.</summary>
    private const long LargestUpload = Models.MaxReferences * 20L * 1024 * 1024 + 1024 * 1024;

    private static readonly FileExtensionContentTypeProvider MediaTypes = new();

    // What the studio decodes. Many systems know no media type for some of them, so that a file dialog needs the extensions.
    private static readonly string[] ImageTypes =
    [
        "image/jpeg", "image/png", "image/webp", "image/bmp", "image/heic", ".heic", "image/heif", ".heif", "image/avif", ".avif",
        "image/gif", "image/tiff", "image/jxl", ".jxl", "image/jp2", ".jp2",
    ];

    public static void MapStudioApi(this WebApplication app)
    {
        var api = app.MapGroup("/api").DisableAntiforgery().AddEndpointFilter(RequireTokenAsync);
        api.MapGet("/session", (HttpContext context, IAntiforgery antiforgery) =>
        {
            var tokens = antiforgery.GetAndStoreTokens(context);
            return new { token = tokens.RequestToken, header = tokens.HeaderName };
        });
        api.MapGet("/limits", GetLimits);
        api.MapPost("/price", EstimateAsync);
        api.MapGet("/events", Events.Stream);
        api.MapGet("/generations", (StudioContext database, CancellationToken cancellationToken) =>
            database.ListAsync(DateTimeOffset.MinValue, cancellationToken));
        api.MapPost("/generations", CreateAsync)
            .WithMetadata(new RequestSizeLimitAttribute(LargestUpload))
            .WithFormOptions(valueCountLimit: 32, valueLengthLimit: 64 * 1024, multipartBodyLengthLimit: LargestUpload);
        api.MapGet("/generations/{id:guid}", async (Guid id, StudioContext database) =>
            await database.Generations.FindAsync($"{id}") is { } found ? Results.Ok(found) : Results.NotFound());
        api.MapPost("/generations/{id:guid}/retry", RetryAsync);
        api.MapGet("/generations/{id:guid}/picture", async (Guid id, StudioContext database, DataFolder folder) =>
            await database.Generations.FindAsync($"{id}") is { Images: [var name, ..] }
                ? File(folder.Image(name))
                : Results.NotFound());
        api.MapGet("/generations/{id:guid}/video", async (Guid id, HttpRequest request, StudioContext database, DataFolder folder) =>
            await database.Generations.FindAsync($"{id}") is { State: GenerationState.Done }
                ? File(folder.Video($"{id}"), request.Query.ContainsKey("download") ? $"video-{id}.mp4" : null)
                : Results.NotFound());
    }

    /// <summary>Requires the token of <c>/api/session</c> for each change, so that no other site can spend money here.</summary>
    private static async ValueTask<object?> RequireTokenAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (HttpMethods.IsGet(context.HttpContext.Request.Method))
            return await next(context);
        try
        {
            await context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(context.HttpContext);
        }
        catch (AntiforgeryValidationException)
        {
            return BadRequest("The token of /api/session is missing, invalid or expired. Reload the page.");
        }

        return await next(context);
    }

    /// <summary>Returns the limits that the page checks before it sends a form.</summary>
    private static object GetLimits(IOptions<StudioOptions> options, IOptions<WanVideoClientOptions> sdk) => new
    {
        models = Models.All,
        resolutions = Models.Resolutions,
        seconds = Models.Seconds,
        defaultSeconds = Models.Seconds[0],
        promptMaxLength = 5_000,
        negativePromptMaxLength = 500,
        seedMax = int.MaxValue,
        picture = new { maxBytes = options.Value.MaxPictureBytes, maxRatio = 8, types = ImageTypes },
        referenceMax = Models.MaxReferences,
        service = sdk.Value.BaseAddress.IsLoopback ? "emulator" : "real",
    };

    private static async Task<IResult> CreateAsync(IFormCollection form, Orders orders, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var generation = await orders.AcceptAsync(form, errors, cancellationToken);
        return generation is null ? Results.ValidationProblem(errors.ToDictionary()) : Accepted(generation);
    }

    private static async Task<IResult> RetryAsync(
        Guid id, StudioContext database, Orders orders, CancellationToken cancellationToken) =>
        await database.Generations.FindAsync([$"{id}"], cancellationToken) switch
        {
            null => Results.NotFound(),
            { State: GenerationState.Failed } failed => Accepted(await orders.RetryAsync(failed, cancellationToken)),
            { State: GenerationState.Unknown } =>
                Conflict("This generation may have been paid for. It cannot be retried while the studio searches for it."),
            _ => Conflict("Only a failed generation can be retried; this one has not failed."),
        };

    private static async Task<IResult> EstimateAsync(
        PriceRequest request, DataFolder folder, IWanVideoClient wan, CancellationToken cancellationToken)
    {
        var (model, resolution, seconds) = request;
        if (!Models.All.Contains(model) || !Models.Resolutions.Contains(resolution) || !Models.Seconds.Contains(seconds))
            return BadRequest("The model, the resolution or the duration is not offered. See /api/limits.");
        var generation = new Generation { Id = "price", Model = model, Prompt = "", Resolution = resolution, Seconds = seconds };
        var cost = await wan.EstimateCostAsync(generation.ToRequest(folder), cancellationToken);
        return Results.Ok(new { usd = cost.Usd, known = cost.Usd is not null, asOf = cost.AsOf });
    }

    private static IResult Accepted(Generation generation) => Results.Accepted($"/api/generations/{generation.Id}", generation);

    private static IResult BadRequest(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status400BadRequest);

    private static IResult Conflict(string detail) => Results.Problem(detail, statusCode: StatusCodes.Status409Conflict);

    /// <summary>Serves a file with ranges for players and an entity tag for browser caches.</summary>
    private static IResult File(string path, string? downloadName = null)
    {
        var file = new FileInfo(path);
        if (!file.Exists || !MediaTypes.TryGetContentType(path, out var mediaType))
            return Results.NotFound();
        var tag = new EntityTagHeaderValue($"\"{file.Length:x}-{file.LastWriteTimeUtc.Ticks:x}\"");
        return Results.File(path, mediaType, downloadName, file.LastWriteTimeUtc, tag, enableRangeProcessing: true);
    }

    private sealed record PriceRequest(string Model, string Resolution, int Seconds);
}
