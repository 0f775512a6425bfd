using System.Net;
using System.Text.Json;
using Wan27.Sdk.Redaction;
using Wan27.Sdk.Serialization;

namespace Wan27.Sdk.Transport;

/// <summary>Converts an error response to its exception: problem+json, the older envelope, HTML, plain text or nothing at all.</summary>
internal static class ApiErrors
{
    private const string InsufficientCredits = "err_insufficent_credits";
    private const int MaxProblems = 100;

    /// <param name="response">A response whose status is not a success.</param>
    /// <param name="redactor">Replaces what must not be repeated from the response.</param>
    public static WanApiException From(ApiResponse response, Redactor redactor)
    {
        var body = Read(response);
        var status = response.Head.StatusCode;
        var isOutOfCredits = status is HttpStatusCode.Forbidden && body.IsOutOfCredits;
        var name = body.Name is null ? null : redactor.Print(body.Name);
        var message = $"The service responded {(int)status} {Meaning(status, isOutOfCredits)}"
            + (Words(body) is { Length: > 0 } words ? $": {redactor.Print(words)}" : ".");
        return new WanApiException(message, status)
        {
            ErrorName = name,
            RequestId = (body.RequestId ?? response.Head.RequestId) is { } id ? redactor.Print(id) : null,
            RetryAfter = response.Head.RetryAfter,
            IsOutOfCredits = isOutOfCredits,
            Problems = [.. body.Problems.Select(p => new RequestProblem(redactor.Print(p.Member), redactor.Print(p.Message)))],
            ResponseExcerpt = redactor.Print(response.Body.Span),
        };
    }

    private static string? Words(ErrorBody body)
    {
        if (body.Problems.Count == 0)
            return body.Message;
        var problems = string.Join("; ", body.Problems.Select(problem => problem.Member.Length == 0 ? problem.Message : $"{problem.Member}: {problem.Message}"));
        return body.Message is { Length: > 0 } message ? $"{message.TrimEnd('.')} ({problems})." : problems;
    }

    private static string Meaning(HttpStatusCode status, bool isOutOfCredits) => (int)status switch
    {
        >= 300 and < 400 => "(a redirect, which is not followed)",
        400 => "(the request is invalid)",
        401 => "(the key is missing or invalid)",
        403 when isOutOfCredits => "(out of credits)",
        403 => "(not permitted: unverified card or missing permission)",
        404 => "(not found)",
        429 => "(too many requests, or too many generations at once)",
        >= 500 => "(an error of the service)",
        _ => $"({status})",
    };

    private static ErrorBody Read(ApiResponse response)
    {
        try
        {
            using var document = response.ParseJson();
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new ErrorBody(null, null, null, [], false);
        }
    }

    private static ErrorBody Read(JsonElement json)
    {
        var fields = new JsonFields(json);
        var error = fields.Take("error");
        var inner = new JsonFields(error ?? default);
        var data = inner.Take("data");
        var kind = data is { ValueKind: JsonValueKind.Object } ? new JsonFields(data.Value).TakeText("kind") : null;
        var name = kind ?? inner.TakeText("name");
        var message = inner.TakeText("message")
            ?? (error is { ValueKind: JsonValueKind.String } ? error.Value.GetString() : null)
            ?? Joined(fields.Take("message"))
            ?? fields.TakeText("title");
        return new ErrorBody(
            name,
            message,
            JsonFields.Id(fields.Take("requestId")),
            data is { ValueKind: JsonValueKind.Array } ? [.. data.Value.EnumerateArray().Take(MaxProblems).Select(Problem)] : [],
            name == InsufficientCredits || message?.Contains("out of credits", StringComparison.OrdinalIgnoreCase) is true);
    }

    // The older envelope's message is a string or a list of strings.
    private static string? Joined(JsonElement? message) => message switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } several => string.Join("; ", several.EnumerateArray().Select(JsonFields.Text)),
        { } one => JsonFields.Text(one),
    };

    private static RequestProblem Problem(JsonElement issue)
    {
        var fields = new JsonFields(issue);
        var path = fields.Take("path") is { ValueKind: JsonValueKind.Array } parts
            ? string.Join('.', parts.EnumerateArray().Select(JsonFields.Text))
            : fields.TakeText("path");
        return new RequestProblem(path ?? "", fields.TakeText("message") ?? fields.TakeText("code") ?? "is refused");
    }

    private sealed record ErrorBody(string? Name, string? Message, string? RequestId, IReadOnlyList<RequestProblem> Problems, bool IsOutOfCredits);
}
