using VideoStudio.Jobs;
using VideoStudio.Store;

namespace VideoStudio.Api;

/// <summary>What a film will cost, before it is asked for.</summary>
internal static class Price
{
    public static async Task<IResult> TellAsync(Question question, GenerationRequests requests, IWanVideoClient wan, CancellationToken cancellationToken)
    {
        if (!Models.All.Contains(question.Model) || !Limits.Resolutions.Contains(question.Resolution) || !Limits.Seconds.Contains(question.Seconds))
            return Results.Problem("There is no such film.", statusCode: StatusCodes.Status400BadRequest);
        var cost = await wan.EstimateCostAsync(
            requests.Of(new Generation
            {
                Id = Guid.NewGuid().ToString(),
                Model = question.Model,
                Prompt = "",
                Resolution = question.Resolution,
                Seconds = question.Seconds,
                CreatedAt = default,
            }),
            cancellationToken);
        return Results.Ok(new { usd = cost.Usd, known = cost.Usd is not null, asOf = cost.AsOf });
    }

    internal sealed record Question(string Model, string Resolution, int Seconds);
}
