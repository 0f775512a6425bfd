using VideoStudio.Jobs;
using VideoStudio.Store;

namespace VideoStudio.Api;

/// <summary>Estimates the price of a video before it is ordered.</summary>
internal static class Price
{
    public static async Task<IResult> EstimateAsync(PriceRequest request, GenerationRequests requests, IWanVideoClient wan, CancellationToken cancellationToken)
    {
        if (!Models.All.Contains(request.Model) || !Limits.Resolutions.Contains(request.Resolution) || !Limits.Seconds.Contains(request.Seconds))
            return Results.Problem("The model, the resolution or the duration is not offered. See /api/limits.", statusCode: StatusCodes.Status400BadRequest);
        var cost = await wan.EstimateCostAsync(
            requests.Create(new Generation
            {
                Id = Guid.NewGuid().ToString(),
                Model = request.Model,
                Prompt = "",
                Resolution = request.Resolution,
                Seconds = request.Seconds,
                CreatedAt = default,
            }),
            cancellationToken);
        return Results.Ok(new { usd = cost.Usd, known = cost.Usd is not null, asOf = cost.AsOf });
    }

    internal sealed record PriceRequest(string Model, string Resolution, int Seconds);
}
