using Microsoft.AspNetCore.Antiforgery;

namespace VideoStudio.Api;

/// <summary>Whatever changes something needs the token of <c>/api/session</c> in its header, so that no other site can spend money here.</summary>
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
            return Results.Problem("The token of /api/session is missing or out of date; reload the page.", statusCode: StatusCodes.Status400BadRequest);
        }

        return await next(context);
    }
}
