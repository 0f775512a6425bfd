using Microsoft.AspNetCore.Mvc;
using VideoStudio.Jobs;
using VideoStudio.Store;

namespace VideoStudio.Api;

internal static class GenerationEndpoints
{
    /// <summary>Five images of the largest size, and the text fields.</summary>
    private const long LargestUpload = Limits.MaxReferences * 20L * 1024 * 1024 + 1024 * 1024;

    public static void MapGenerations(this RouteGroupBuilder api)
    {
        var generations = api.MapGroup("/generations");
        generations.MapPost("", CreateAsync).WithMetadata(new RequestSizeLimitAttribute(LargestUpload));
        generations.MapGet("", async (IGenerationStore store, CancellationToken cancellationToken) =>
            (await store.ListAsync(cancellationToken)).Select(GenerationView.From));
        generations.MapGet("/{id:guid}", async (Guid id, IGenerationStore store, CancellationToken cancellationToken) =>
            await store.FindAsync(id.ToString(), cancellationToken) is { } found ? Results.Ok(GenerationView.From(found)) : Results.NotFound());
        generations.MapPost("/{id:guid}/retry", RetryAsync);
    }

    private static async Task<IResult> CreateAsync(HttpRequest request, GenerationIntake intake, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
            return Results.Problem($"The content type must be multipart/form-data (was '{ServiceText.Bound(request.ContentType ?? "")}').", statusCode: StatusCodes.Status415UnsupportedMediaType);
        var errors = new FieldErrors();
        var generation = await intake.AcceptAsync(await GenerationForm.ReadAsync(request, cancellationToken), errors, cancellationToken);
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
                    ? "This generation may have been paid for. It cannot be retried while the studio searches for it."
                    : "Only a failed generation can be retried; this one has not failed.",
                statusCode: StatusCodes.Status409Conflict);
    }

    private static IResult Accepted(Generation generation) => Results.Accepted($"/api/generations/{generation.Id}", GenerationView.From(generation));
}
