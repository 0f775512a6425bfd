using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Wan27.Sdk.Emulator.Wire;

/// <summary>Puts an answer on the wire.</summary>
internal static class AnswerWriter
{
    public static async Task WriteAsync(Answer answer, HttpContext http)
    {
        if (answer.StreamError is { } error)
        {
            Reset(http, error);
            return;
        }

        var connection = http.Features.GetRequiredFeature<Connection>();
        var isCutInBody = answer.Cut is { OfBody: true };
        Prepare(connection, isCutInBody ? answer with { Cut = null } : answer);

        WriteHead(answer, http.Response);
        await http.Response.StartAsync(http.RequestAborted).ConfigureAwait(false);
        if (isCutInBody)
        {
            // Flushed, the headers are on the wire, and the bytes from here on are the body's.
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted).ConfigureAwait(false);
            Prepare(connection, answer);
        }

        if (answer.Body.IsEmpty)
            return;

        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted).ConfigureAwait(false);
        await http.Response.Body.FlushAsync(http.RequestAborted).ConfigureAwait(false);
    }

    // HTTP/2 shares a connection: an answer without faults must not undo those of another.
    private static void Prepare(Connection connection, Answer answer)
    {
        if (answer.Call.Http.Protocol == "HTTP/1.1" || answer.Cut is not null || answer.BytesPerSecond is not null)
            connection.Prepare(answer.Cut, answer.BytesPerSecond);
    }

    private static void WriteHead(Answer answer, HttpResponse response)
    {
        response.StatusCode = answer.Status;
        response.Headers.Date = answer.Call.Now.ToString("R");
        foreach (var (name, value) in answer.Headers)
            response.Headers[name] = value;

        if (answer.Status is 204 or 304)
            return;

        response.ContentType = answer.ContentType;
        response.ContentLength = answer.AnnouncedLength ?? answer.Body.Length;
    }

    private static void Reset(HttpContext http, int error)
    {
        if (http.Features.Get<IHttpResetFeature>() is { } stream)
            stream.Reset(error);
        else
            http.Features.GetRequiredFeature<Connection>().End(abruptly: true);
    }
}
