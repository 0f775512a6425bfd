namespace Wan27.Sdk.StressTests.FaultedSubmits;

// The responses to a complete body.
internal sealed partial class HostileServer
{
    private HttpResponseMessage ResponseTo(SubmitFault fault, HttpRequestMessage request) => fault switch
    {
        SubmitFault.ServerError => Perhaps(Among(500, 501, 502, 503, 504, 522, 524, 599), request),
        SubmitFault.Conflict => Perhaps(Among(408, 409, 425), request),
        SubmitFault.RateLimitedButAccepted => Traced(Respond(429, Problem(429)), AcceptOrNot(request) ?? "nobody's"),
        SubmitFault.RateLimited => Limited(Toss() ? null : Among(0, 1, 30, 60).ToString(Invariant)),
        SubmitFault.RateLimitedLater => Limited(Toss() ? "86400" : "61"),
        SubmitFault.FreeTierLimited => Refuse(429, "Free-tier limit reached"),
        SubmitFault.Rejected => Refuse(Among(400, 401, 403, 404, 405, 413, 415, 422), "no"),
        SubmitFault.Redirected => Redirect(Among(301, 302, 303, 307, 308)),
        SubmitFault.Truncated => Garbled(request, """{"id":"task","sta"""),
        SubmitFault.Html => Garbled(request, "<html><body>One moment, please</body></html>", "text/html"),
        SubmitFault.Empty => Garbled(request, ""),
        SubmitFault.NoContent => Garbled(request, "", status: 204),
        SubmitFault.NoObject => Garbled(request, Toss() ? "[]" : "null"),
        SubmitFault.NoId => Garbled(request, Toss() ? """{"id":"","status":"queued"}""" : """{"status":"queued"}"""),
        SubmitFault.TwoIds => Garbled(request, """{"id":"one","generation_id":"other","status":"queued"}"""),
        SubmitFault.ResetInsideResponse => BreaksOff(Garbled(request, ""), stalls: false),
        SubmitFault.StallInsideResponse => BreaksOff(Garbled(request, ""), stalls: true),
        SubmitFault.ResponseToAnother => ResponseToAnother(request),
        SubmitFault.NoTrace => Untraced(request),
        SubmitFault.OddContentType => Echoed(Respond(200, Json(Accept(request)), "text/plain"), request),
        _ => Accepted(request, Accept(request)),
    };

    private static IFormatProvider Invariant => System.Globalization.CultureInfo.InvariantCulture;

    private static string Json(string id) => $$"""{"id":"{{id}}","status":"queued"}""";

    private static string Problem(int status, string message = "try later") =>
        $$"""{"title":"error","status":{{status}},"message":"{{message}}","error":{"name":"Error","message":"{{message}}"} }""";

    private static HttpResponseMessage Traced(HttpResponseMessage response, string? id)
    {
        if (id is not null)
            response.Headers.TryAddWithoutValidation("x-inference-id", id);
        return response;
    }

    private static HttpResponseMessage Echoed(HttpResponseMessage response, HttpRequestMessage request)
    {
        response.Headers.TryAddWithoutValidation("x-client-request-id", request.Headers.GetValues("X-Client-Request-Id"));
        return response;
    }

    private HttpResponseMessage Accepted(HttpRequestMessage request, string id) =>
        Traced(Echoed(Respond(Among(200, 201), Json(id)), request), id);

    /// <summary>Accepted or not, and the response does not show it; sometimes its headers do.</summary>
    private HttpResponseMessage Perhaps(int status, HttpRequestMessage request) => PerhapsTraced(Respond(status, Problem(status)), request);

    private HttpResponseMessage Garbled(HttpRequestMessage request, string body, string contentType = "application/json", int status = 200) =>
        PerhapsTraced(Echoed(Respond(status, body, contentType), request), request);

    private HttpResponseMessage PerhapsTraced(HttpResponseMessage response, HttpRequestMessage request)
    {
        var id = AcceptOrNot(request);
        return Toss() ? Traced(response, id) : response;
    }

    /// <summary>Two responses were mixed up: this one is about another caller's generation.</summary>
    private HttpResponseMessage ResponseToAnother(HttpRequestMessage request)
    {
        AcceptOrNot(request);
        var response = Traced(Respond(201, Json("somebody-elses")), "somebody-elses");
        response.Headers.TryAddWithoutValidation("x-client-request-id", "somebody-else");
        return response;
    }

    private HttpResponseMessage Untraced(HttpRequestMessage request) => Respond(201, $$"""{"generation_id":"{{Accept(request)}}","status":"queued"}""");

    private HttpResponseMessage Limited(string? retryAfter)
    {
        var response = Refuse(429, "try later");
        if (retryAfter is not null)
            response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);
        return response;
    }

    private HttpResponseMessage Redirect(int status)
    {
        var response = Refuse(status, "elsewhere");
        response.Headers.Location = new Uri("https://elsewhere.example/v2/video/generations");
        return response;
    }

    private HttpResponseMessage Refuse(int status, string message)
    {
        Ledger.Refused();
        return Respond(status, Problem(status, message));
    }
}
