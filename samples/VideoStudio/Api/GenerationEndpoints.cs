using Microsoft.AspNetCore.Mvc;
using VideoStudio.Jobs;
using VideoStudio.Store;

namespace VideoStudio.Api;

internal static class GenerationEndpoints
{
    /// <summary>Five pictures of the largest size, and the words.</summary>
    private const long LargestUpload = Limits.MaxReferences * 20L * 1024 * 1024 + 1024 * 1024;

    public static void MapGenerations(this RouteGroupBuilder api)
    {
        var generations = api.MapGroup("/generations");
        generations.MapPost("", CreateAsync).WithMetadata(new RequestSizeLimitAttribute(LargestUpload));
        generations.MapGet("", async (IGenerationStore store, CancellationToken cancellationToken) =>
            (await store.ListAsync(cancellationToken)).Select(GenerationView.Of));
        generations.MapGet("/{id:guid}", async (Guid id, IGenerationStore store, CancellationToken cancellationToken) =>
            await store.FindAsync(id.ToString(), cancellationToken) is { } found ? Results.Ok(GenerationView.Of(found)) : Results.NotFound());
        generations.MapPost("/{id:guid}/retry", RetryAsync);
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, Intake intake, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
            return Results.Problem("The request must be multipart/form-data.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        var errors = new FieldErrors();
        var generation = await intake.TakeAsync(await GenerationForm.ReadAsync(request, cancellationToken), errors, cancellationToken);
        return generation is null ? Results.ValidationProblem(errors.ToDictionary()) : Accepted(generation);
    }

    private static async Task<IResult> RetryAsync(Guid id, Retry retry, IGenerationStore store, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id.ToString(), cancellationToken) is not { } generation)
            return Results.NotFound();
        return generation.State is GenerationState.Failed
            ? Accepted(await retry.RunAsync(generation, cancellationToken))
            : Results.Problem(
                generation.State is GenerationState.Unknown
                    ? "It may have been paid; as long as that is looked into, it cannot be paid again."
                    : "It has not failed.",
                statusCode: StatusCodes.Status409Conflict);
    }

    private static IResult Accepted(Generation generation) => Results.Accepted($"/api/generations/{generation.Id}", GenerationView.Of(generation));
}
