using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Wan27.Sdk.Emulator.Http;

namespace Wan27.Sdk.Emulator.Api;

/// <summary>Writes a response and its faults to the connection.</summary>
internal static class ResponseWriter
{
    public static async Task WriteAsync(EmulatedResponse response, HttpContext http)
    {
        if (response.StreamError is { } error)
        {
            Reset(http, error);
            return;
        }

        var connection = http.Features.GetRequiredFeature<ConnectionStream>();
        var isInterruptedInBody = response.Interruption is { IsInBody: true };
        Prepare(connection, isInterruptedInBody ? response with { Interruption = null } : response);

        SetHeaders(response, http.Response);
        await http.Response.StartAsync(http.RequestAborted).ConfigureAwait(false);
        if (isInterruptedInBody)
        {
            // The flush sends the headers, so that the next bytes are those of the body.
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted).ConfigureAwait(false);
            Prepare(connection, response);
        }

        if (response.Body.IsEmpty)
            return;

        await http.Response.Body.WriteAsync(response.Body, http.RequestAborted).ConfigureAwait(false);
        await http.Response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }

    // HTTP/2 responses share a connection: a response without faults must not remove the faults of another one.
    private static void Prepare(ConnectionStream connection, EmulatedResponse response)
    {
        var isShared = response.Context.Http.Protocol != "HTTP/1.1";
        if (!isShared || response.Interruption is not null || response.BytesPerSecond is not null)
            connection.Prepare(response.Interruption, response.BytesPerSecond);
    }

    private static void SetHeaders(EmulatedResponse response, HttpResponse target)
    {
        target.StatusCode = response.Status;
        target.Headers.Date = response.Context.Now.ToString("R");
        foreach (var (name, value) in response.Headers)
            target.Headers[name] = value;

        if (response.Status is 204 or 304)
            return;

        target.ContentType = response.ContentType;
        target.ContentLength = response.AnnouncedLength ?? response.Body.Length;
    }

    private static void Reset(HttpContext http, int error)
    {
        if (http.Features.Get<IHttpResetFeature>() is { } stream)
            stream.Reset(error);
        else
            http.Features.GetRequiredFeature<ConnectionStream>().End(abruptly: true);
    }
}
