using Microsoft.AspNetCore.Antiforgery;

namespace VideoStudio.Api;

/// <summary>Requires the token of <c>/api/session</c> for each request that changes something, so that no other site can spend money here.</summary>
internal sealed class AntiforgeryFilter(IAntiforgery antiforgery) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (HttpMethods.IsGet(context.HttpContext.Request.Method))
            return await next(context);
        try
        {
            await antiforgery.ValidateRequestAsync(context.HttpContext);
        }
        catch (AntiforgeryValidationException)
        {
            return Results.Problem("The token of /api/session is missing, invalid or expired. Reload the page.", statusCode: StatusCodes.Status400BadRequest);
        }

        return await next(context);
    }
}
